#include "engine/rules/shape.h"

namespace tally {

std::unique_ptr<Refusal> CheckShape(const Event&) { return nullptr; }

}  // namespace tally
