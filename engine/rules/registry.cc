#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const DefineScheme&) {}
void PlanEvent(Case&, const DefineProduct&) {}
void PlanEvent(Case&, const RegisterParty&) {}
void PlanEvent(Case&, const RegisterSite&) {}

}  // namespace tally
