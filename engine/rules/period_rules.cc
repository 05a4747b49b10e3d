// NO_PERIOD, PERIOD_CLOSED: under fixed periods, every movement of an
// entitlement lies in an open one.

#include "engine/rules/column.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/holdings.h"
#include "fmt/format.h"

namespace tally {
namespace {

void RefuseNoPeriod(Case& c, const PeriodKey& key, std::string_view where) {
  if (!c.verdict.Concerns(Code::kNoPeriod)) return;
  const auto periods = c.state.periods().Of(key);
  const std::string known =
      periods.empty() ? "there is none yet"
                      : fmt::format("they run from {} to {}",
                                    periods.front().days.first.ToString(),
                                    periods.back().days.last.ToString());
  c.verdict.Refuse(RefuseUnder(
      c, key.scheme, Code::kNoPeriod,
      fmt::format("{}{} lies in no period of this account under scheme "
                  "\"{}\": {}; open_period opens one",
                  where, c.date.ToString(),
                  c.state.schemes().NameOf(key.scheme), known)));
}

void CheckDay(Case& c, SiteIndex site, ProductIndex product, ClaimIndex claim,
              const FieldPath& field) {
  if (ModelOf(claim) != Model::kMassBalance) return;
  const SchemeIndex scheme = SchemeOf(claim);
  if (!c.ProfileOf(scheme).mass_balance.IsFixedPeriod()) return;
  const PeriodKey key = PeriodKeyOf(c.state, c.date, site, product, scheme);
  const std::string where =
      field.empty() ? std::string() : fmt::format("{}: ", field);
  const Period* period = c.state.periods().At(key, c.date);
  if (period == nullptr) return RefuseNoPeriod(c, key, where);
  if (period->state == PeriodState::kOpen ||
      !c.verdict.Concerns(Code::kPeriodClosed)) {
    return;
  }
  c.verdict.Refuse(RefuseUnder(
      c, scheme, Code::kPeriodClosed,
      fmt::format("{}the period from {} to {} is closed; what belongs to it "
                  "is corrected by an event of the open one",
                  where, period->days.first.ToString(),
                  period->days.last.ToString())));
}

}  // namespace

void CheckPeriods(Case& c) {
  // What lapses goes back by itself, whenever that is; what ends at a close
  // is posted on the day after the period.
  // A void tells the truth whatever the books of its day say.
  if (std::holds_alternative<const Lapse*>(c.event.body) ||
      std::holds_alternative<const ClosePeriod*>(c.event.body) ||
      std::holds_alternative<const Void*>(c.event.body)) {
    return;
  }
  for (const Movement& movement : c.movements) {
    CheckDay(c, movement.site, movement.product, movement.claim,
             movement.field);
    if (movement.sold_as == movement.claim) continue;
    CheckDay(c, movement.site, movement.product, movement.sold_as,
             movement.field);
  }
  for (const Posting& posting : c.plan.postings) {
    if (!posting.account.valid() || !posting.site.valid() ||
        posting.date != c.date || posting.expiry != Expiry::kNone) {
      continue;
    }
    const ClaimSetIndex claims = KeyAt(c, posting.account).claims;
    if (claims == kNoClaims) continue;
    if (!ClaimSets::IsSeveral(claims)) {
      CheckDay(c, posting.site, posting.product, ClaimIndex(claims.value() - 1),
               {});
      continue;
    }
    for (const ClaimIndex claim : MembersAt(c, claims)) {
      CheckDay(c, posting.site, posting.product, claim, {});
    }
  }
}

}  // namespace tally
