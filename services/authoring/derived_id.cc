#include "services/authoring/derived_id.h"

#include "engine/base/uuid.h"

namespace tally::authoring {

std::string DerivedId(std::string_view seed) {
  return UuidOfName(seed).ToString();
}

void EnsureId(std::string_view seed, tallystick::v1::Event* event) {
  if (event->id().empty()) event->set_id(DerivedId(seed));
}

}  // namespace tally::authoring
