// Reads the `conversions` of a profile, and checks that each holds together
// and that no two of one process and input share a day.

#ifndef TALLY_ENGINE_PROFILE_PARSE_CONVERSIONS_H_
#define TALLY_ENGINE_PROFILE_PARSE_CONVERSIONS_H_

#include "engine/profile/object_reader.h"
#include "engine/profile/profile.h"

namespace tally {

void ParseConversions(ObjectReader* root, Profile* profile);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PARSE_CONVERSIONS_H_
