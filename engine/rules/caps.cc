#include "engine/rules/column.h"

namespace tally {

void CheckCaps(Case&) {}

}  // namespace tally
