#include "engine/rules/overdraw.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "engine/rules/carry_over.h"
#include "engine/rules/entitlements.h"
#include "engine/state/vintage_moves.h"

namespace tally {
namespace {

// What the plan so far brings to the account on its date.
int128 ReceivedNow(const Case& c, AccountIndex account) {
  int128 received = 0;
  for (const Posting& posting : c.plan.postings) {
    if (posting.account != account || posting.expiry != Expiry::kNone) continue;
    const VintageMove move = MoveOf(c.plan, posting, c.state.shipments());
    if (move.kind == MoveKind::kEntry) received += posting.delta.units();
  }
  return received;
}

bool IsTooDeep(const Case& c, AccountIndex account, const PeriodKey& key,
               Quantity missing) {
  const std::vector<BalanceOfDay> days = DaysFrom(c, account, missing);
  return std::any_of(days.begin(), days.end(), [&](const BalanceOfDay& day) {
    if (day.balance >= 0) return false;
    const Period* period = c.state.periods().At(key, day.date);
    if (period == nullptr) return true;
    const Quantity limit = OverdrawLimit(c, account, key, *period, day.date);
    return -day.balance > limit.units();
  });
}

bool InDeficit(const Case& c, AccountIndex account, const PeriodKey& key) {
  const Period* last = c.state.periods().LastClosed(key);
  return last != nullptr && last->state == PeriodState::kClosedDeficit &&
         account.value() < c.state.accounts().size() &&
         c.state.accounts().at(account).timeline.At(c.date) < Quantity();
}

void RememberReason(Case& c, const PeriodKey& key, std::string_view reason) {
  const Period* period = c.state.periods().At(key, c.date);
  if (period == nullptr || reason.empty()) return;
  PeriodChange change{key, *period};
  change.period.overdraw_reason = reason;
  c.plan.period_changes.push_back(std::move(change));
}

}  // namespace

std::string_view OverdrawReason(const Event& event) {
  if (const auto* ship = std::get_if<const Ship*>(&event.body)) {
    return (*ship)->overdraw_reason;
  }
  if (const auto* consume = std::get_if<const Consume*>(&event.body)) {
    return (*consume)->overdraw_reason;
  }
  if (const auto* close = std::get_if<const ClosePeriod*>(&event.body)) {
    return (*close)->overdraw_reason;
  }
  return {};
}

void Warn(Case& c, Warning warning) {
  auto& warnings = c.plan.decision.warnings;
  if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) {
    warnings.push_back(warning);
  }
}

Quantity OverdrawLimit(const Case& c, AccountIndex account,
                       const PeriodKey& key, const Period& period, Date date) {
  int128 received = 0;
  if (account.value() < c.state.accounts().size()) {
    received = ReceivedIn(c.state, account, {period.days.first, date});
  }
  if (period.days.first <= c.date && c.date <= date) {
    received += ReceivedNow(c, account);
  }
  return Quantity(
      static_cast<int64_t>(OverdrawShare(c.state, key, period, received)));
}

Overdraw JudgeOverdraw(Case& c, const Movement& movement, AccountIndex account,
                       Quantity missing) {
  if (ModelOf(movement.claim) != Model::kMassBalance) return Overdraw::kNone;
  // Credits are booked from what is there.
  if (std::holds_alternative<const IssueCredits*>(c.event.body)) {
    return Overdraw::kNone;
  }
  const SchemeIndex scheme = SchemeOf(movement.claim);
  const MassBalanceTerms& terms = c.ProfileOf(scheme).mass_balance;
  if (!terms.IsFixedPeriod()) return Overdraw::kNone;
  const PeriodKey key =
      PeriodKeyOf(c.state, c.date, movement.site, movement.product, scheme);
  if (InDeficit(c, account, key)) return Overdraw::kDeficit;
  if (c.strict) return Overdraw::kNone;
  if (terms.allow_short_within_period) {
    Warn(c, Warning::kShortInPeriod);
    return Overdraw::kAllowed;
  }
  const std::string_view reason = OverdrawReason(c.event);
  if (terms.overdraw_pct == Ratio(0) ||
      (terms.overdraw_needs_reason && reason.empty())) {
    return Overdraw::kNone;
  }
  if (IsTooDeep(c, account, key, missing)) return Overdraw::kTooDeep;
  Warn(c, Warning::kOverdrawn);
  RememberReason(c, key, reason);
  return Overdraw::kAllowed;
}

}  // namespace tally
