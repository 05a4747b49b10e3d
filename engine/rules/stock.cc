#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const Downgrade&) {}
void PlanEvent(Case&, const Adjust&) {}
void PlanEvent(Case&, const CountStock&) {}
void PlanEvent(Case&, const Consume&) {}

}  // namespace tally
