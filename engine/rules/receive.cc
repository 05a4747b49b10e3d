#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const Receive&) {}

}  // namespace tally
