#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const Hold&) {}
void PlanEvent(Case&, const Release&) {}
void PlanEvent(Case&, const Void&) {}
void PlanEvent(Case&, const SetSourceStatus&) {}

}  // namespace tally
