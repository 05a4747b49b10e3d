// declare_claims: claims that a party made outside this ledger. They are
// never refused for lack of cover: what is said in the world is written down,
// and the answer warns of it (R50).

#include "engine/rules/credit_lookup.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case& c, const DeclareClaims& declare) {
  HolderKey key;
  key.party = FindParty(c, "declare_claims.party", declare.party);
  key.scheme = FindCreditScheme(c, "declare_claims", declare.scheme);
  key.product = FindProduct(c, "declare_claims.product", declare.product);
  if (!key.product.valid()) return;
  // A quantity that is none comes before what else is unknown.
  const std::optional<Quantity> quantity =
      ReadQuantity(c, "declare_claims.quantity", declare.quantity, key.product);
  if (!c.verdict.accepted()) return;
  const std::optional<DateRange> period =
      ReadPeriod(c, "declare_claims.claim_period", declare.claim_period);
  if (!quantity || !period) return;
  c.plan.cover_changes.push_back({.key = key,
                                  .period = *period,
                                  .side = CoverSide::kClaimed,
                                  .date = c.date,
                                  .delta = *quantity});
  // All that is known counts: cover may come before the claim or after it.
  const Covers& covers = c.state.covers();
  const int128 claimed =
      covers.Within(key, *period, CoverSide::kClaimed, Date::Max());
  const int128 retired =
      covers.Within(key, *period, CoverSide::kRetired, Date::Max());
  if (claimed + quantity->units() > retired) {
    c.plan.decision.warnings.push_back(Warning::kUncoveredClaim);
  }
}

}  // namespace tally
