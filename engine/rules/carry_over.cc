#include "engine/rules/carry_over.h"

#include <algorithm>

#include "engine/rules/entitlements.h"

namespace tally {
namespace {

const MassBalanceTerms& TermsAt(const State& state, const PeriodKey& key,
                                const Period& period) {
  return state.schemes().At(key.scheme, period.days.first).mass_balance;
}

}  // namespace

std::optional<Date> CutoffOf(const State& state, const PeriodKey& key,
                             const Period& period) {
  const CarryOver& carry_over = TermsAt(state, key, period).carry_over;
  switch (carry_over.kind) {
    case CarryOverKind::kNone:
      return period.days.last;
    case CarryOverKind::kMonths:
    case CarryOverKind::kUnlimited:
      return std::nullopt;
    case CarryOverKind::kPeriods:
      break;
  }
  const std::span<const Period> periods = state.periods().Of(key);
  const auto found = std::find_if(
      periods.begin(), periods.end(),
      [&](const Period& other) { return other.days == period.days; });
  if (found - periods.begin() < carry_over.count) return std::nullopt;
  return (found - carry_over.count)->days.last;
}

std::vector<Remainder> RemaindersOf(const State& state, const PeriodKey& key,
                                    std::span<const AccountIndex> accounts,
                                    Date date) {
  const ClaimIndex claim = ClaimOf(key.scheme, Model::kMassBalance);
  std::vector<Remainder> remainders;
  for (const AccountIndex index : accounts) {
    const Account& account = state.accounts().at(index);
    if (account.vintages == nullptr) continue;
    const VintageTerms terms = TermsOf(state, date, account.key, claim);
    const VintageHistory history =
        PlayVintages(terms, account.vintages->moves());
    for (const Vintage& vintage : history.left) {
      remainders.push_back({index, vintage});
    }
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const Remainder& a, const Remainder& b) {
                     return a.vintage.entered < b.vintage.entered;
                   });
  return remainders;
}

int128 ExpiringAtClose(const State& state, const PeriodKey& key,
                       const Period& period,
                       std::span<const AccountIndex> accounts,
                       int128 announced) {
  const std::optional<Date> cutoff = CutoffOf(state, key, period);
  if (!cutoff) return 0;
  int128 expiring = 0;
  int128 balance = 0;
  for (const AccountIndex account : accounts) {
    balance += CarriedInto(state, account, period.days.last.AddDays(1));
  }
  for (const Remainder& remainder :
       RemaindersOf(state, key, accounts, period.days.first)) {
    if (remainder.vintage.entered > *cutoff) break;
    expiring += remainder.vintage.left.units();
  }
  // What is still to come in repays first, and ends with its own period.
  if (*cutoff == period.days.last) {
    expiring += std::max<int128>(announced + std::min<int128>(balance, 0), 0);
  }
  return expiring;
}

int128 OverdrawShare(const State& state, const PeriodKey& key,
                     const Period& period, int128 received) {
  const Ratio share = TermsAt(state, key, period).overdraw_pct;
  const std::optional<Ratio> part = share.Over(Ratio(100));
  const auto most =
      static_cast<int64_t>(std::clamp<int128>(received, 0, INT64_MAX));
  if (!part) return 0;
  return Scale(most, *part, Rounding::kDown).value_or(0);
}

}  // namespace tally
