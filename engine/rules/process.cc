#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const Process&) {}

}  // namespace tally
