#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const Accept&) {}
void PlanEvent(Case&, const Reject&) {}
void PlanEvent(Case&, const Recall&) {}
void PlanEvent(Case&, const Lapse&) {}

}  // namespace tally
