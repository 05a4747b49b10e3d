// What will expire by date, as part of an event's double entry.
//
// An account whose entitlement ends after months or in a certificate gap has
// a schedule: postings dated ahead that move to the conventional holding what
// nobody will have used by then. Every event posts by how much it changes
// that schedule, so balances as at a date and as known at a position, and
// statements, need to know nothing of it.

#ifndef TALLY_ENGINE_RULES_EXPIRY_H_
#define TALLY_ENGINE_RULES_EXPIRY_H_

#include "engine/rules/case.h"
#include "engine/state/vintages.h"

namespace tally {

// Plans the change of schedule that follows from all other postings of the
// plan, or from its change of a certificate. The last to write postings.
void PlanExpiry(Case& c);

// Takes the mass-balance claim off a quantity where it lies, from a date on.
void StripClaim(Case& c, AccountIndex account, ClaimIndex claim,
                const ExpiryKey& where, Quantity quantity);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_EXPIRY_H_
