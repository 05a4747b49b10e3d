#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const OpenPeriod&) {}
void PlanEvent(Case&, const ClosePeriod&) {}
void PlanEvent(Case&, const TransferEntitlement&) {}

}  // namespace tally
