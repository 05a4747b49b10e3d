// Periods of mass-balance accounts and entitlement moved between sites.

#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case& c, const OpenPeriod&) { RefuseUnoffered(c); }

void PlanEvent(Case& c, const ClosePeriod&) { RefuseUnoffered(c); }

void PlanEvent(Case& c, const TransferEntitlement&) { RefuseUnoffered(c); }

}  // namespace tally
