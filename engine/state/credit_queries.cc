#include "engine/state/credit_queries.h"

#include <tuple>

#include "absl/container/btree_map.h"
#include "engine/base/check.h"

namespace tally {
namespace {

using HoldingKey = std::tuple<SchemeIndex, ProductIndex, Date, std::string,
                              Date, CreditState, Date>;

CreditState StateOf(AccountKind kind, const Block& block, Date as_at) {
  switch (kind) {
    case AccountKind::kHolding:
      break;  // stock
    case AccountKind::kCredits:
      return as_at > block.last_day ? CreditState::kExpired
                                    : CreditState::kIssued;
    case AccountKind::kRetired:
      return CreditState::kRetired;
    case AccountKind::kWithdrawn:
      return CreditState::kWithdrawn;
  }
  TALLY_CHECK(false);
}

bool Matches(const CreditFilter& filter, const Block& block) {
  return (!filter.scheme.valid() || block.scheme == filter.scheme) &&
         (!filter.product.valid() || block.product == filter.product);
}

CreditHolding HoldingOf(const HoldingKey& key, int128 quantity) {
  const auto& [scheme, product, last, text, first, state, last_day] = key;
  return {.scheme = scheme,
          .product = product,
          .vintage = {first, last},
          .vintage_text = text,
          .state = state,
          .last_day = last_day,
          .quantity = quantity};
}

}  // namespace

std::vector<CreditHolding> CreditHoldings(const State& state,
                                          const CreditFilter& filter,
                                          Date as_at) {
  absl::btree_map<HoldingKey, int128> sums;
  const ScopeIndex scope = state.registry().at(filter.party).scope;
  for (const AccountIndex index : state.accounts().OfScope(scope)) {
    const Account& account = state.accounts().at(index);
    if (!account.key.block().valid()) continue;
    const Block& block = state.credits().at(account.key.block());
    const Quantity balance = account.timeline.At(as_at);
    if (!Matches(filter, block) || balance.IsZero()) continue;
    const CreditState in = StateOf(account.key.kind, block, as_at);
    sums[{block.scheme, block.product, block.vintage.last, block.vintage_text,
          block.vintage.first, in, block.last_day}] += balance.units();
  }
  std::vector<CreditHolding> holdings;
  for (const auto& [key, quantity] : sums) {
    holdings.push_back(HoldingOf(key, quantity));
  }
  return holdings;
}

int128 CreditTotal(const State& state, const CreditFilter& filter,
                   CreditState in, Date as_at) {
  int128 total = 0;
  for (const CreditHolding& holding : CreditHoldings(state, filter, as_at)) {
    if (in == CreditState::kUnspecified || holding.state == in) {
      total += holding.quantity;
    }
  }
  return total;
}

CoverFigures CoverOf(const State& state, const HolderKey& key,
                     const DateRange& claim_period, Date as_at) {
  const Covers& covers = state.covers();
  return {
      .claimed = covers.Within(key, claim_period, CoverSide::kClaimed, as_at),
      .retired = covers.Within(key, claim_period, CoverSide::kRetired, as_at)};
}

}  // namespace tally
