#include "engine/ledger/credit_queries.h"

#include <algorithm>
#include <utility>

#include "absl/container/btree_map.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/lot_view.h"
#include "engine/ledger/status_facts.h"
#include "fmt/format.h"

namespace tally {
namespace {

std::optional<Date> LastDay(Date last_day) {
  if (last_day == Date::Max()) return std::nullopt;
  return last_day;
}

WideAmount Widen(const State& state, ProductIndex product, int128 units) {
  const Amount one = AmountOf(state, product, Quantity());
  return {.units = units, .decimals = one.decimals, .unit = one.unit};
}

// A holding with its place in the list, which sorts as text: what ids are made
// of comes after the line end between them.
struct Placed {
  std::string place;
  HoldingView view;
};

Placed PlaceHolding(const State& state, std::string_view party,
                    const CreditHolding& holding) {
  const Registry& registry = state.registry();
  HoldingView view = {
      .party = std::string(party),
      .scheme = std::string(state.schemes().NameOf(holding.scheme)),
      .product = std::string(registry.product_names.NameOf(holding.product)),
      .vintage = holding.vintage_text,
      .state = holding.state,
      .quantity = Widen(state, holding.product, holding.quantity),
      .last_day = LastDay(holding.last_day)};
  std::string place = fmt::format(
      "{}\n{}\n{}\n{}\n{}\n{}\n{}", view.party, view.scheme, view.product,
      holding.vintage.last.ToString(), static_cast<int>(view.state),
      view.vintage, holding.last_day.ToString());
  return {.place = std::move(place), .view = std::move(view)};
}

absl::StatusOr<CreditFilter> FilterOf(const State& state,
                                      const HoldingListQuestion& question) {
  CreditFilter filter;
  if (!question.party.empty()) {
    ASSIGN_OR_RETURN(filter.party, FindParty(state, question.party));
  }
  if (!question.scheme.empty()) {
    ASSIGN_OR_RETURN(filter.scheme, FindScheme(state, question.scheme));
  }
  if (!question.product.empty()) {
    ASSIGN_OR_RETURN(filter.product, FindProduct(state, question.product));
  }
  return filter;
}

std::vector<Placed> FindAll(const View& view, const CreditFilter& filter,
                            const HoldingListQuestion& question) {
  const auto& names = view.state.registry().party_names;
  std::vector<Placed> found;
  for (int32_t i = 0; i < names.size(); ++i) {
    CreditFilter one = filter;
    one.party = PartyIndex(i);
    if (filter.party.valid() && filter.party != one.party) continue;
    const Date as_at = question.as_at.value_or(view.latest_date);
    for (const CreditHolding& holding :
         CreditHoldings(view.state, one, as_at)) {
      if (question.state != CreditState::kUnspecified &&
          holding.state != question.state) {
        continue;
      }
      if (!question.vintage.empty() &&
          holding.vintage_text != question.vintage) {
        continue;
      }
      found.push_back(
          PlaceHolding(view.state, names.NameOf(one.party), holding));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Placed& a, const Placed& b) { return a.place < b.place; });
  return found;
}

absl::StatusOr<HoldingListAnswer> AskHoldings(
    const View& view, const HoldingListQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  ASSIGN_OR_RETURN(const CreditFilter filter, FilterOf(view.state, question));
  HoldingListAnswer answer{.page = {.standing = view.standing}};
  if (filter.product.valid()) {
    answer.total = Widen(view.state, filter.product, 0);
  }
  std::string last;
  for (Placed& placed : FindAll(view, filter, question)) {
    if (answer.total.has_value()) {
      answer.total->units += placed.view.quantity.units;
    }
    if (placed.place <= question.page.after) continue;
    if (answer.page.items.size() == size) {
      answer.page.next = last;
      continue;
    }
    last = std::move(placed.place);
    answer.page.items.push_back(std::move(placed.view));
  }
  return answer;
}

CreditState StateOf(const Block& block, SerialState serials, Date as_at) {
  switch (serials) {
    case SerialState::kIssued:
      return as_at > block.last_day ? CreditState::kExpired
                                    : CreditState::kIssued;
    case SerialState::kRetired:
      return CreditState::kRetired;
    case SerialState::kWithdrawn:
      return CreditState::kWithdrawn;
    case SerialState::kUnbundled:
      return CreditState::kUnbundled;
  }
  return CreditState::kUnspecified;
}

std::vector<SerialCount> CountByState(const State& state, const Block& block,
                                      Date as_at) {
  absl::btree_map<CreditState, int64_t> serials;
  for (const auto& [from, run] : block.runs) {
    serials[StateOf(block, run.status.state, as_at)] += run.to - from + 1;
  }
  std::vector<SerialCount> counts;
  for (const auto& [in, count] : serials) {
    counts.push_back({.state = in,
                      .serials = count,
                      .quantity = Widen(state, block.product,
                                        int128{block.unit.units()} * count)});
  }
  return counts;
}

// `counts` begins with the usable ones, where there are any.
CreditState StateOfAll(const std::vector<SerialCount>& counts) {
  const CreditState first = counts.front().state;
  if (first == CreditState::kIssued || counts.size() == 1) return first;
  return CreditState::kUnspecified;
}

BlockView ViewBlock(const View& in, BlockIndex index) {
  const State& state = in.state;
  const Block& block = state.credits().at(index);
  const Registry& registry = state.registry();
  BlockView view{
      .block = std::string(state.credits().NameOf(index)),
      .scheme = std::string(state.schemes().NameOf(block.scheme)),
      .product = std::string(registry.product_names.NameOf(block.product)),
      .vintage = block.vintage_text,
      .issued_to = std::string(registry.party_names.NameOf(block.issuer)),
      .issued_on = block.issued_on,
      .serials = block.count,
      .per_serial = AmountOf(state, block.product, block.unit),
      .quantity =
          Widen(state, block.product, int128{block.unit.units()} * block.count),
      .last_day = LastDay(block.last_day),
      .counts = CountByState(state, block, in.latest_date),
      .evidence = block.evidence,
      .flags = FlagsOf(state, index),
      .held = state.holds().Contains(HoldTarget(index)),
      .position = block.position};
  view.state = StateOfAll(view.counts);
  if (block.site.valid()) view.site = registry.site_names.NameOf(block.site);
  if (block.lot.valid()) {
    view.lot = state.lots().NameOf(block.lot);
  }
  if (block.IsPart()) {
    view.unbundled_from = state.credits().NameOf(block.unbundled_from);
  }
  return view;
}

bool Is(std::string_view wanted, std::string_view name) {
  return wanted.empty() || wanted == name;
}

absl::StatusOr<Page<BlockView>> AskBlocks(const View& view,
                                          const BlockListQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  int64_t first = 0;
  if (!question.page.after.empty()) {
    ASSIGN_OR_RETURN(first, ReadPageNumber(question.page.after));
  }
  Page<BlockView> page{.standing = view.standing};
  for (int64_t i = first; i < view.state.credits().size(); ++i) {
    BlockView block = ViewBlock(view, BlockIndex(static_cast<int32_t>(i)));
    if (!Is(question.issued_to, block.issued_to) ||
        !Is(question.scheme, block.scheme) ||
        !Is(question.product, block.product) ||
        !Is(question.vintage, block.vintage) ||
        !Is(question.site, block.site)) {
      continue;
    }
    if (page.items.size() == size) {
      page.next = std::to_string(i);
      break;
    }
    page.items.push_back(std::move(block));
  }
  return page;
}

CreditsView ViewRun(const View& view, BlockIndex index, int64_t from,
                    const Block::Run& run, Date as_at) {
  const State& state = view.state;
  CreditsView credits{
      .serials = {.block = std::string(state.credits().NameOf(index)),
                  .from = from,
                  .to = run.to},
      .holder =
          std::string(state.registry().party_names.NameOf(run.status.holder)),
      .state = StateOf(state.credits().at(index), run.status.state, as_at)};
  if (run.status.redemption >= 0) {
    const Redemption* redemption =
        state.redemptions().Find(run.status.redemption);
    if (redemption != nullptr) credits.redemption = redemption->id.ToString();
  }
  return credits;
}

// Where a page of serials goes on: block and serial, with a dot between.
struct SerialPlace {
  int64_t block = 0;
  int64_t serial = 0;
};

absl::StatusOr<SerialPlace> ReadPlace(std::string_view after) {
  const size_t dot = after.find('.');
  if (after.empty()) return SerialPlace();
  if (dot == std::string_view::npos) {
    return NotAPageToken(after);
  }
  SerialPlace place;
  ASSIGN_OR_RETURN(place.block, ReadPageNumber(after.substr(0, dot)));
  ASSIGN_OR_RETURN(place.serial, ReadPageNumber(after.substr(dot + 1)));
  return place;
}

bool IsAsked(const CreditListQuestion& question, const CreditsView& credits) {
  if (!Is(question.party, credits.holder)) return false;
  if (question.state == CreditState::kUnspecified) {
    return credits.state != CreditState::kUnbundled;
  }
  return credits.state == question.state;
}

absl::StatusOr<Page<CreditsView>> AskCredits(
    const View& view, const CreditListQuestion& question) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  if (question.block.empty() && question.party.empty()) {
    return WrongField("party", "", "given where `block` is not");
  }
  ASSIGN_OR_RETURN(const SerialPlace start, ReadPlace(question.page.after));
  int64_t first = start.block;
  int64_t end = view.state.credits().size();
  if (!question.block.empty()) {
    ASSIGN_OR_RETURN(const BlockIndex only,
                     FindBlock(view.state, question.block));
    first = only.value();
    end = first + 1;
  }
  const Date as_at = question.as_at.value_or(view.latest_date);
  Page<CreditsView> page{.standing = view.standing};
  for (int64_t i = first; i < end; ++i) {
    const BlockIndex index(static_cast<int32_t>(i));
    const Block::Runs runs = view.state.credits().at(index).RunsAsAt(as_at);
    for (const auto& [from, run] : runs) {
      if (i == start.block && from < start.serial) continue;
      CreditsView credits = ViewRun(view, index, from, run, as_at);
      if (!IsAsked(question, credits)) continue;
      if (page.items.size() == size) {
        page.next = fmt::format("{}.{}", i, from);
        return page;
      }
      page.items.push_back(std::move(credits));
    }
  }
  return page;
}

}  // namespace

absl::StatusOr<HoldingListAnswer> ListHoldings(
    const Ledger& ledger, const HoldingListQuestion& question) {
  return Ask<HoldingListAnswer>(
      ledger, [&](const View& view) { return AskHoldings(view, question); });
}

absl::StatusOr<BlockAnswer> GetBlock(const Ledger& ledger,
                                     std::string_view block) {
  return Ask<BlockAnswer>(
      ledger, [&](const View& view) -> absl::StatusOr<BlockAnswer> {
        ASSIGN_OR_RETURN(const BlockIndex index, FindBlock(view.state, block));
        return BlockAnswer{.standing = view.standing,
                           .block = ViewBlock(view, index)};
      });
}

absl::StatusOr<Page<BlockView>> ListBlocks(const Ledger& ledger,
                                           const BlockListQuestion& question) {
  return Ask<Page<BlockView>>(
      ledger, [&](const View& view) { return AskBlocks(view, question); });
}

absl::StatusOr<Page<CreditsView>> ListCredits(
    const Ledger& ledger, const CreditListQuestion& question) {
  return Ask<Page<CreditsView>>(
      ledger, [&](const View& view) { return AskCredits(view, question); });
}

}  // namespace tally
