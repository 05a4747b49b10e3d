// open_period, close_period: the accounting periods of a mass-balance account.

#include <algorithm>
#include <string>

#include "engine/rules/attach_ratio.h"
#include "engine/rules/close_account.h"
#include "engine/rules/lookup.h"
#include "engine/rules/percentage.h"
#include "engine/rules/period_account.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Only what a profile accounts for by periods has any.
void CheckHasPeriods(Case& c, std::string_view kind, SchemeIndex scheme,
                     Date date) {
  const Profile& profile = c.state.schemes().At(scheme, date);
  if (profile.mass_balance.IsFixedPeriod() ||
      profile.book_and_claim.attach_ratio) {
    return;
  }
  c.verdict.Refuse(RefuseUnder(
      c, scheme, Code::kWrongAccount,
      fmt::format("{}.account: scheme \"{}\" accounts continuously; only "
                  "FIXED_PERIOD accounting and an attach_ratio have periods",
                  kind, c.state.schemes().NameOf(scheme))));
}

// The longest period that the sites of a scope may have, in months.
int MonthsOf(const Case& c, const PeriodKey& key, Date date) {
  const MassBalanceTerms& terms =
      c.state.schemes().At(key.scheme, date).mass_balance;
  int months = 0;
  for (const SiteIndex site : c.state.registry().SitesOf(key.scope)) {
    months =
        std::max(months, terms.PeriodMonths(c.state.registry().at(site).kinds));
  }
  return months == 0 ? terms.period_months : months;
}

void CheckLength(Case& c, const PeriodKey& key, const OpenPeriod& open) {
  const int months = MonthsOf(c, key, open.from);
  const Date last_day = open.from.AddMonths(months).AddDays(-1);
  if (open.to <= last_day || !c.verdict.Concerns(Code::kPeriodTooLong)) return;
  Refusal refusal = RefuseUnder(
      c, key.scheme, Code::kPeriodTooLong,
      fmt::format("open_period.to: a period from {} ends on {} at the latest, "
                  "after {} months",
                  open.from.ToString(), last_day.ToString(), months));
  refusal.figures.push_back({"months", fmt::format("{}", months), "MON"});
  refusal.violations.push_back(
      {"open_period.to", open.to.ToString(), last_day.ToString()});
  c.verdict.Refuse(std::move(refusal));
}

void CheckJoins(Case& c, const PeriodKey& key, const OpenPeriod& open) {
  const auto periods = c.state.periods().Of(key);
  if (periods.empty()) return;
  const Date next = periods.back().days.last.AddDays(1);
  if (open.from == next || !c.verdict.Concerns(Code::kPeriodGap)) return;
  Refusal refusal = RefuseUnder(
      c, key.scheme, Code::kPeriodGap,
      fmt::format("open_period.from: the next period of this account starts "
                  "on {}, the day after the last one",
                  next.ToString()));
  refusal.violations.push_back(
      {"open_period.from", open.from.ToString(), next.ToString()});
  c.verdict.Refuse(std::move(refusal));
}

// Whether two periods have as many months or, where one is no whole number of
// months, as many days.
bool AreAsLong(DateRange one, DateRange other) {
  const Date after = one.last.AddDays(1);
  const int months = after.MonthNumber() - one.first.MonthNumber();
  if (months > 0 && one.first.AddMonths(months) == after) {
    return other.first.AddMonths(months) == other.last.AddDays(1);
  }
  return one.last.days() - one.first.days() ==
         other.last.days() - other.first.days();
}

// R04: that periods become longer or shorter is known before: the first of
// them is on the ledger, where the certification body sees it, so many days
// before it begins.
void CheckNotice(Case& c, const PeriodKey& key, const OpenPeriod& open) {
  const auto periods = c.state.periods().Of(key);
  const std::optional<int> notice = c.state.schemes()
                                        .At(key.scheme, open.from)
                                        .mass_balance.period_notice_days;
  if (!notice || periods.empty()) return;
  if (AreAsLong(periods.back().days, {open.from, open.to})) return;
  const Date last_day = open.from.AddDays(-*notice);
  const Date recorded = c.recorded_at.date();
  if (recorded <= last_day || !c.verdict.Concerns(Code::kPeriodGap)) return;
  Refusal refusal = RefuseUnder(
      c, key.scheme, Code::kPeriodGap,
      fmt::format("open_period.to: a period of another length than the one "
                  "from {} to {} is opened by {}, {} days before it begins; "
                  "one as long as that may be opened now",
                  periods.back().days.first.ToString(),
                  periods.back().days.last.ToString(), last_day.ToString(),
                  *notice));
  refusal.figures.push_back({"recorded", recorded.ToString(), ""});
  refusal.figures.push_back({"last_day", last_day.ToString(), ""});
  c.verdict.Refuse(std::move(refusal));
}

// The open period with these days; nullptr where there is none to close.
const Period* FindOpen(Case& c, const PeriodKey& key,
                       const ClosePeriod& close) {
  const Period* period = c.state.periods().At(key, close.from);
  if (period == nullptr || period->days != DateRange{close.from, close.to}) {
    const std::string nearest =
        period == nullptr ? std::string()
                          : fmt::format("; there is one from {} to {}",
                                        period->days.first.ToString(),
                                        period->days.last.ToString());
    c.verdict.Refuse(RefuseUnder(
        c, key.scheme, Code::kNoPeriod,
        fmt::format("close_period: this account has no period from {} to {}{}",
                    close.from.ToString(), close.to.ToString(), nearest)));
    return nullptr;
  }
  if (period->state != PeriodState::kOpen) {
    c.verdict.Refuse(RefuseUnder(
        c, key.scheme, Code::kPeriodClosed,
        fmt::format("close_period: the period from {} to {} is closed already",
                    close.from.ToString(), close.to.ToString())));
    return nullptr;
  }
  return period;
}

void CheckInOrder(Case& c, const PeriodKey& key, const Period& period) {
  for (const Period& earlier : c.state.periods().Of(key)) {
    if (earlier.days.first >= period.days.first) return;
    if (earlier.state != PeriodState::kOpen) continue;
    c.verdict.Refuse(RefuseUnder(
        c, key.scheme, Code::kPeriodGap,
        fmt::format("close_period: the period from {} to {} is to be closed "
                    "before",
                    earlier.days.first.ToString(),
                    earlier.days.last.ToString())));
    return;
  }
}

}  // namespace

void PlanEvent(Case& c, const OpenPeriod& open) {
  const auto key = FindPeriodAccount(c, "open_period", open.account, open.from);
  if (!key) return;
  CheckHasPeriods(c, "open_period", key->scheme, open.from);
  CheckLength(c, *key, open);
  CheckJoins(c, *key, open);
  CheckNotice(c, *key, open);
  const std::optional<int> close_after = c.state.schemes()
                                             .At(key->scheme, open.from)
                                             .mass_balance.close_after_days;
  c.plan.new_periods.push_back(
      {*key,
       {.days = {open.from, open.to},
        .closes_on =
            close_after ? open.to.AddDays(*close_after + 1) : Date::Max()}});
}

void PlanEvent(Case& c, const ClosePeriod& close) {
  const auto key =
      FindPeriodAccount(c, "close_period", close.account, close.from);
  if (!key) return;
  CheckHasPeriods(c, "close_period", key->scheme, close.from);
  const Period* period = FindOpen(c, *key, close);
  if (period == nullptr) return;
  CheckInOrder(c, *key, *period);
  CloseAccount(c, *key, *period, close);
  CheckPercentageAtClose(c, *key, close.to);
  CheckAttachedAtClose(c, *key, close.to);
}

}  // namespace tally
