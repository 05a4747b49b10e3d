#include "engine/ledger/holdings_of.h"

#include <algorithm>

#include "engine/base/status_macros.h"
#include "engine/ledger/account_names.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/status_facts.h"
#include "engine/rules/holdings.h"

namespace tally {
namespace {

absl::StatusOr<Quantity> ToQuantity(int128 sum) {
  if (sum > INT64_MAX || sum < -int128{INT64_MAX}) {
    return absl::OutOfRangeError("the lots together pass 2^63 - 1 units");
  }
  return Quantity(static_cast<int64_t>(sum));
}

struct Wanted {
  AccountKey key;      // of the pool, or of the entitlement
  AccountKey several;  // scope and pool of stock under several claims
  ClaimIndex claim;
  LotIndex lot;
};

bool IsWanted(const State& state, const Wanted& wanted, const AccountKey& key) {
  if (key.kind != AccountKind::kHolding) return false;
  if (wanted.lot.valid() && key.lot() != wanted.lot) return false;
  if (key.claims == wanted.key.claims) {
    return key.scope == wanted.key.scope && key.pool == wanted.key.pool;
  }
  return ClaimSets::IsSeveral(key.claims) &&
         key.scope == wanted.several.scope && key.pool == wanted.several.pool &&
         state.claim_sets().Contains(key.claims, wanted.claim);
}

void Collect(const State& state, const Wanted& wanted,
             std::span<const AccountIndex> candidates,
             std::vector<AccountIndex>* accounts) {
  for (const AccountIndex index : candidates) {
    if (IsWanted(state, wanted, state.accounts().at(index).key)) {
      accounts->push_back(index);
    }
  }
}

std::vector<AccountIndex> CollectAll(const State& state, const Wanted& wanted) {
  std::vector<AccountIndex> accounts;
  if (wanted.lot.valid()) {
    Collect(state, wanted, state.accounts().OfLot(wanted.lot), &accounts);
    return accounts;
  }
  Collect(state, wanted, state.accounts().OfScope(wanted.key.scope), &accounts);
  // An entitlement of a wider scope: stock under several claims is the site's.
  if (wanted.several.scope != wanted.key.scope) {
    Collect(state, wanted,
            state.accounts().OfSeveralClaims(wanted.several.scope,
                                             wanted.several.pool),
            &accounts);
  }
  return accounts;
}

}  // namespace

absl::StatusOr<HoldingsOf> FindHoldings(const View& view,
                                        const BalanceQuestion& question) {
  const State& state = view.state;
  ASSIGN_OR_RETURN(const SiteIndex site, FindSite(state, question.site));
  ASSIGN_OR_RETURN(const ProductIndex product,
                   FindProduct(state, question.product));
  ASSIGN_OR_RETURN(const ClaimIndex claim,
                   FindClaim(state, question.scheme, question.model));
  LotIndex lot;
  if (!question.lot.empty()) {
    ASSIGN_OR_RETURN(lot, FindLot(state, question.lot));
  }
  const Date date = question.as_at.value_or(view.latest_date);
  Wanted wanted{.claim = claim, .lot = lot};
  wanted.key = KeyOf(
      state, date, {.site = site, .product = product, .claims = SetOf(claim)});
  wanted.several.scope = state.registry().at(site).own_scope;
  wanted.several.pool = state.registry().at(product).own_pool;

  HoldingsOf holdings{.account = NameAccount(state, wanted.key),
                      .product = product,
                      .accounts = CollectAll(state, wanted)};
  holdings.account.lot = question.lot;
  return holdings;
}

absl::StatusOr<Quantity> SumNow(const View& view,
                                const std::vector<AccountIndex>& accounts,
                                std::optional<Date> as_at) {
  int128 sum = 0;
  for (const AccountIndex index : accounts) {
    const Timeline& timeline = view.state.accounts().at(index).timeline;
    // Days after the latest business date say what will expire.
    sum += timeline.At(as_at.value_or(view.latest_date)).units();
  }
  return ToQuantity(sum);
}

absl::StatusOr<Quantity> SumKnown(const Ledger& ledger,
                                  const std::vector<AccountIndex>& accounts,
                                  Date as_at, Position known_end) {
  int128 sum = 0;
  for (const AccountIndex index : accounts) {
    ASSIGN_OR_RETURN(const Quantity known, ledger.reader().tables().BalanceAt(
                                               index, as_at, known_end));
    sum += known.units();
  }
  return ToQuantity(sum);
}

absl::StatusOr<Position> KnownEnd(const View& view,
                                  std::optional<Position> as_known_at) {
  const Position end = view.standing.as_of + 1;
  if (!as_known_at.has_value()) return end;
  if (*as_known_at < 0) {
    return WrongField("as_known_at", std::to_string(*as_known_at),
                      "0 or above");
  }
  return std::min(end, *as_known_at + 1);
}

}  // namespace tally
