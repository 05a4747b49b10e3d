#include "engine/rules/planners.h"

namespace tally {

void PlanEvent(Case&, const Originate&) {}

}  // namespace tally
