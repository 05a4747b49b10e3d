#include "tests/simulation/witness.h"

#include <utility>

#include "engine/base/arena.h"
#include "engine/ledger/balance_queries.h"
#include "engine/ledger/event_queries.h"
#include "engine/ledger/reader.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/record_codec.h"
#include "fmt/format.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally::simulation {

void Witness::Wrong(std::string what) {
  if (wrong_.empty()) wrong_ = std::move(what);
}

void Witness::ReadLog() {
  const TreeHead head = disk_->journal().head();
  if (head.size < tree_.size()) return Wrong("the log is shorter than before");
  for (Position position = tree_.size(); position < head.size; ++position) {
    const auto bytes = disk_->journal().ReadRecord(position);
    if (!bytes.ok()) return Wrong(bytes.status().ToString());
    Arena arena;
    const auto record = DecodeRecord(*bytes, &arena);
    if (!record.ok()) return Wrong(record.status().ToString());
    tree_.Append(LeafHash(*bytes));
    roots_.push_back(tree_.Root());
    const std::string id = record->event.id.ToString();
    const Known known{.position = position,
                      .recorded_at = record->recorded_at.micros()};
    if (!in_log_.emplace(id, known).second) {
      Wrong(fmt::format("event {} is in the log twice", id));
    }
  }
  if (tree_.Root() != head.root) Wrong("the tree has another root");
}

void Witness::Follow(Position as_of) {
  for (; as_of_ < as_of; ++as_of_) {
    const Position position = as_of_ + 1;
    const auto bytes = disk_->journal().ReadRecord(position);
    if (!bytes.ok()) return Wrong(bytes.status().ToString());
    Arena arena;
    const auto record = DecodeRecord(*bytes, &arena);
    if (!record.ok()) return Wrong(record.status().ToString());
    const absl::Status applied = replica_.Apply(*record);
    if (!applied.ok()) return Wrong(applied.ToString());
    books_.Add(record->event);
    if (!books_.wrong().empty()) {
      Wrong(fmt::format("at {}: {}", position, books_.wrong()));
    }
  }
}

void Witness::Answered(const Request& request, const BatchResult& result) {
  ReadLog();
  if (!result.status.ok() || request.validate_only) return;
  if (result.outcomes.size() != request.wishes.size()) {
    return Wrong("a batch was answered with another number of outcomes");
  }
  size_t accepted = 0;
  for (size_t i = 0; i < result.outcomes.size(); ++i) {
    if (!result.outcomes[i].accepted()) continue;
    ++accepted;
    AcceptedAnswer(request.wishes[i], result.outcomes[i]);
  }
  if (request.mode == BatchMode::kAllOrNone && accepted != 0 &&
      accepted != result.outcomes.size()) {
    Wrong("a part of all or none was accepted");
  }
}

void Witness::AcceptedAnswer(const Wish& wish, const Outcome& outcome) {
  const std::string id = UuidOfName(wish.id).ToString();
  const Known now{.position = outcome.position,
                  .recorded_at = outcome.recorded_at.micros()};
  const auto found = in_log_.find(id);
  if (found == in_log_.end() || found->second.position != now.position) {
    Wrong(fmt::format("event {} is answered at {}, and not in the log there",
                      wish.id, now.position));
  }
  const auto [place, added] =
      acknowledged_.emplace(id, Acknowledged{.first = now, .wish = wish});
  const Acknowledged& known = place->second;
  if (added) return;
  if (known.wish != wish) {
    Wrong(
        fmt::format("event {} is accepted twice, with other content", wish.id));
  }
  if (known.first.position != now.position ||
      known.first.recorded_at != now.recorded_at) {
    Wrong(fmt::format("event {} is answered at {}, at first it was {}", wish.id,
                      now.position, known.first.position));
  }
}

void Witness::Ask(const Ledger& ledger, Date as_at) {
  ReadLog();
  const Standing standing = ledger.standing();
  if (standing.as_of < as_of_) return Wrong("the ledger went back");
  if (standing.tree_size() > tree_.size()) {
    return Wrong("readers see more than is durable");
  }
  Follow(standing.as_of);
  ledger.reader().Read([this](const View& view) { CompareView(view); });
  // Before the world is known there is nothing to ask for.
  if (replica_.state().registry().sites.size() == kSiteCount) {
    CompareBalances(ledger, as_at);
  }
}

void Witness::CompareView(const View& view) {
  const std::string difference =
      DifferenceBetween(view.state, replica_.state());
  if (!difference.empty()) {
    Wrong(fmt::format("readers at {} see another state than a replay makes: {}",
                      view.standing.as_of, difference));
  }
  const std::string imbalance = Imbalance(view.state);
  if (!imbalance.empty()) {
    Wrong(fmt::format("at {}, {}", view.standing.as_of, imbalance));
  }
  if (books_.any_doubt()) return;
  const auto total = [&view](Boundary boundary) {
    return view.state.BoundaryTotal(ProductIndex(0), boundary);
  };
  if (total(Boundary::kInTransit) != books_.in_transit() ||
      total(Boundary::kConsumed) != books_.consumed() ||
      total(Boundary::kLoss) != books_.lost()) {
    Wrong(
        fmt::format("at {}, in transit, consumed or lost is other than {}, "
                    "{} and {}",
                    view.standing.as_of, books_.in_transit(), books_.consumed(),
                    books_.lost()));
  }
}

void Witness::CompareBalances(const Ledger& ledger, Date as_at) {
  for (int site = 0; site < kSiteCount; ++site) {
    if (!books_.doubtful(site)) CompareBalance(ledger, site, as_at);
  }
}

void Witness::CompareBalance(const Ledger& ledger, int site, Date as_at) {
  BalanceQuestion question{.site = kSites[site],
                           .product = "oil",
                           .scheme = kOilClaim.scheme,
                           .model = kOilClaim.model};
  const auto compare = [&](int64_t expected) {
    const auto answer = GetBalance(ledger, question);
    const std::string held = answer.ok() ? answer->balance.amount.ToString()
                                         : answer.status().ToString();
    // An account that nothing was ever posted to is not there.
    if (held == std::to_string(expected)) return;
    if (expected == 0 && absl::IsNotFound(answer.status())) return;
    Wrong(fmt::format("{} holds {} at {}, by the log it is {}", kSites[site],
                      held, as_of_, expected));
  };
  compare(books_.Held(site));
  question.as_at = as_at;
  compare(books_.HeldAt(site, as_at));
  // From the derived tables, as the two before are from the state.
  question.as_known_at = as_of_;
  compare(books_.HeldAt(site, as_at));
}

void Witness::Opened(const Ledger& ledger) {
  ReadLog();
  if (ledger.standing().tree_size() != tree_.size()) {
    Wrong("a ledger was opened without the end of its log");
  }
  for (int64_t size = tree_.size(); size > 0; size /= 2) CheckRoot(size);
}

void Witness::CheckRoot(int64_t size) {
  const auto root = RootAt(disk_->journal().tree(), size);
  if (!root.ok() || *root != roots_[static_cast<size_t>(size - 1)]) {
    Wrong(fmt::format("the tree of {} has another root than before", size));
  }
}

void Witness::AskAll(const Ledger& ledger) {
  for (const auto& [id, known] : acknowledged_) {
    const auto found = GetEvent(ledger, *ParseUuid(id));
    if (found.ok() && found->event.position == known.first.position &&
        found->event.recorded_at.micros() == known.first.recorded_at) {
      continue;
    }
    ++lost_;
    Wrong(fmt::format("event {}, acknowledged at {}, is lost: {}", id,
                      known.first.position, found.status().ToString()));
  }
}

}  // namespace tally::simulation
