// Ids for events that were written without one.
//
// The id is a UUID of version 8 made of the SHA-256 of a seed, so posting the
// same thing again posts the same ids and counts nothing twice. The seed is
// the caller's: it must name the event and nothing else, such as
// "scenario W02, step 3" or the SHA-256 of a file and a row of it.

#ifndef TALLY_SERVICES_AUTHORING_DERIVED_ID_H_
#define TALLY_SERVICES_AUTHORING_DERIVED_ID_H_

#include <string>
#include <string_view>

#include "tallystick/v1/event.pb.h"

namespace tally::authoring {

std::string DerivedId(std::string_view seed);

// Gives `event` the id derived from `seed`, unless it has one.
void EnsureId(std::string_view seed, tallystick::v1::Event* event);

}  // namespace tally::authoring

#endif  // TALLY_SERVICES_AUTHORING_DERIVED_ID_H_
