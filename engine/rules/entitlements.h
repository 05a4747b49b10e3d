// Entitlements over time: whose period it is, what ends when, and what the
// balance is on each day once a plan is carried out.
//
// Nothing here concerns an account without vintages, whose scheme accounts
// continuously and lets entitlement last for ever.

#ifndef TALLY_ENGINE_RULES_ENTITLEMENTS_H_
#define TALLY_ENGINE_RULES_ENTITLEMENTS_H_

#include <optional>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/rules/case.h"
#include "engine/state/periods.h"
#include "engine/state/state.h"
#include "engine/state/vintage_play.h"

namespace tally {

// The number of close_period among the kinds of events: moves of that kind
// are what expired at a close.
inline constexpr uint8_t kClosePeriodKind = 13;

// The account of a scheme's entitlement that a product at a site counts in.
PeriodKey PeriodKeyOf(const State& state, Date date, SiteIndex site,
                      ProductIndex product, SchemeIndex scheme);

// The key of an account, planned ones included, and its vintages; nullptr for
// none so far.
const AccountKey& KeyAt(const Case& c, AccountIndex account);
const Vintages* VintagesAt(const Case& c, AccountIndex account);

// Of the claims of an account, the mass-balance one whose scheme sets an end,
// by months or by a certificate gap; not valid() where nothing does. With a
// plan, the version of a scheme that it defines counts, too.
ClaimIndex EndingClaim(const Schemes& schemes, const Claims& claims,
                       const Plan* plan = nullptr);

// When what is in an account ends. With a plan, its change of a certificate
// or of a scheme counts, too.
VintageTerms TermsOf(const State& state, Date date, const AccountKey& key,
                     ClaimIndex claim, const Plan* plan = nullptr);

// The account's moves with those of the plan so far.
std::vector<VintageMove> MovesOf(const Case& c, AccountIndex account);

// Balances at the end of the event's date and of later days, after the plan
// so far and a further use on the event's date.
std::vector<BalanceOfDay> DaysFrom(const Case& c, AccountIndex account,
                                   Quantity use);

// The most that can be taken from an account whose entitlement ends by date,
// up to `wanted`, without leaving it below zero on the event's date or later.
Quantity MostToTake(const Case& c, AccountIndex account, Quantity wanted);

// Every account of a period: one, or one for each origin, and stock that is
// under further claims.
std::vector<AccountIndex> EntitlementsOf(const State& state,
                                         const PeriodKey& key);

// The balance when a day begins, after what expired the day before.
int128 CarriedInto(const State& state, AccountIndex account, Date date);

// What came in under the claim on these days.
int128 ReceivedIn(const State& state, AccountIndex account, DateRange days);

// What expired, by months, at a close or in a gap, out of the balance since a
// day of these.
int128 ExpiredIn(const State& state, AccountIndex account, DateRange days,
                 std::optional<Expiry> why = std::nullopt);

// All holdings of the scope's sites and the pool's products at the end of a
// date, every claim and conventional together; at least zero.
int128 BookStockOf(const State& state, const PeriodKey& key, Date date);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_ENTITLEMENTS_H_
