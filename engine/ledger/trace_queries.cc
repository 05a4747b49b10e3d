#include "engine/ledger/trace_queries.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/apportion.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/consumers.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/lot_view.h"
#include "engine/ledger/lot_walk.h"
#include "engine/ledger/status_facts.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What a trace starts from.
struct Start {
  Standing standing;
  LotIndex lot;
  Amount made;
};

// What a walk says of each of its lots, and what it ends in.
struct Flow {
  // Upstream: how much of the first lot comes from each; downstream: how much
  // of each comes from the first. As walk.lots().
  std::vector<FineQuantity> quantities;
  std::map<std::string, FineQuantity> shares;
};

void AddTo(std::map<std::string, FineQuantity>* shares, const std::string& name,
           FineQuantity share) {
  FineQuantity& sum = (*shares)[name];
  sum = sum.Plus(share);
}

bool HasWeight(const std::vector<int64_t>& weights) {
  return std::any_of(weights.begin(), weights.end(),
                     [](int64_t weight) { return weight > 0; });
}

// Hands what a lot is on to its parents, or to its source.
void FlowUp(const LotWalk& walk, size_t place, Flow* flow) {
  const WalkedLot& lot = walk.lots()[place];
  const FineQuantity quantity = flow->quantities[place];
  if (!HasWeight(lot.weights)) {
    AddTo(&flow->shares, lot.source.empty() ? lot.made_at : lot.source,
          quantity);
    return;
  }
  const std::vector<FineQuantity> parts = Split(quantity, lot.weights);
  for (size_t i = 0; i < parts.size(); ++i) {
    const LotIndex parent = lot.parents[i].lot;
    if (!parent.valid()) {
      AddTo(&flow->shares, lot.made_at, parts[i]);
      continue;
    }
    const int64_t above = walk.Find(parent);
    if (above < 0) continue;  // beyond the bounds of the walk
    FineQuantity& sum = flow->quantities[static_cast<size_t>(above)];
    sum = sum.Plus(parts[i]);
  }
}

Flow FlowUpstream(const LotWalk& walk, const Start& start) {
  Flow flow;
  flow.quantities.resize(walk.lots().size());
  flow.quantities[static_cast<size_t>(walk.Find(start.lot))] =
      FineQuantity(start.made.quantity);
  // Children come after their parents, so each is complete when it is met.
  for (size_t i = walk.lots().size(); i-- > 0;) FlowUp(walk, i, &flow);
  return flow;
}

// The part of a lot that comes from the first one, by that of its parents.
Portion PortionOf(const LotWalk& walk, const WalkedLot& lot,
                  const std::vector<Portion>& portions) {
  if (!HasWeight(lot.weights)) return Portion();
  std::vector<Portion> of_parents;
  for (const Parent& parent : lot.parents) {
    const int64_t above = walk.Find(parent.lot);
    of_parents.push_back(above < 0 ? Portion()
                                   : portions[static_cast<size_t>(above)]);
  }
  return Portion::Mean(of_parents, lot.weights);
}

Flow FlowDownstream(const LotWalk& walk, const Start& start) {
  Flow flow;
  std::vector<Portion> portions;
  for (const WalkedLot& lot : walk.lots()) {
    portions.push_back(lot.lot == start.lot ? Portion::All()
                                            : PortionOf(walk, lot, portions));
    flow.quantities.push_back(portions.back().Of(lot.made));
  }
  return flow;
}

absl::StatusOr<Start> FindStart(const Ledger& ledger, std::string_view name) {
  return Ask<Start>(ledger, [&](const View& view) -> absl::StatusOr<Start> {
    ASSIGN_OR_RETURN(const LotIndex lot, FindLot(view.state, name));
    const Lot& found = view.state.lots().at(lot);
    return Start{.standing = view.standing,
                 .lot = lot,
                 .made = AmountOf(view.state, found.product, found.made)};
  });
}

// The lots of the walk by depth, then by name.
std::vector<size_t> InOrder(const LotWalk& walk) {
  std::vector<size_t> order(walk.lots().size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const WalkedLot& left = walk.lots()[a];
    const WalkedLot& right = walk.lots()[b];
    return std::tie(left.depth, left.name) < std::tie(right.depth, right.name);
  });
  return order;
}

void AddSteps(const Ledger& ledger, const LotWalk& walk, const Flow& flow,
              size_t first, size_t size, TraceAnswer* answer) {
  const std::vector<size_t> order = InOrder(walk);
  const size_t end = std::min(order.size(), first + size);
  ledger.reader().Read([&](const View& view) {
    for (size_t i = first; i < end; ++i) {
      const WalkedLot& lot = walk.lots()[order[i]];
      TraceStep step{.lot = ViewLot(view.state, lot.lot), .depth = lot.depth};
      step.quantity = step.lot.quantity;
      step.quantity.quantity = flow.quantities[order[i]].RoundedHalfUp();
      answer->steps.push_back(std::move(step));
    }
  });
  if (end < order.size()) answer->next = std::to_string(end);
}

void AddShares(const Flow& flow, const Start& start, bool first_page,
               TraceAnswer* answer) {
  const std::vector<NamedShare> shares = RoundShares(flow.shares);
  answer->share_count = static_cast<int64_t>(shares.size());
  if (!first_page) return;
  for (const NamedShare& share : shares) {
    if (answer->shares.size() == kPageSizeMax) break;
    Amount amount = start.made;
    amount.quantity = share.quantity;
    answer->shares.push_back({.name = share.name, .quantity = amount});
  }
}

}  // namespace

absl::StatusOr<TraceAnswer> TraceLot(const Ledger& ledger,
                                     const TraceQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  int64_t first = 0;
  if (!question.page.after.empty()) {
    ASSIGN_OR_RETURN(first, ReadPageNumber(question.page.after));
  }
  if (question.max_depth < 0 || question.max_depth > kTraceDepthMax) {
    return WrongField("max_depth", std::to_string(question.max_depth),
                      fmt::format("1 to {}", kTraceDepthMax));
  }
  ASSIGN_OR_RETURN(const Start start, FindStart(ledger, question.lot));
  LotWalk walk(&ledger, question.direction, question.max_depth);
  walk.Run(start.lot, start.standing.as_of);
  TraceAnswer answer{.standing = start.standing, .truncated = walk.truncated()};
  Flow flow;
  if (question.direction == TraceDirection::kUpstream) {
    flow = FlowUpstream(walk, start);
  } else {
    flow = FlowDownstream(walk, start);
    ASSIGN_OR_RETURN(Consumers consumers,
                     FindConsumers(ledger, walk, start.lot, start.standing));
    flow.shares = std::move(consumers.shares);
    answer.truncated = answer.truncated || consumers.truncated;
  }
  AddSteps(ledger, walk, flow, static_cast<size_t>(first), size, &answer);
  AddShares(flow, start, first == 0, &answer);
  return answer;
}

}  // namespace tally
