// What contracts mean for other events.

#ifndef TALLY_ENGINE_RULES_CONTRACTS_H_
#define TALLY_ENGINE_RULES_CONTRACTS_H_

#include "engine/rules/case.h"

namespace tally {

// Bought and still to be delivered to the account within the profile's months;
// zero where the scheme counts no contracts.
Quantity ContractedIn(const Case& c, SiteIndex site, ProductIndex product,
                      ClaimIndex claim);

// Plans what the event delivers on the contract that it names.
void PlanDelivery(Case& c);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CONTRACTS_H_
