// Reads the `recognises` of a profile.

#ifndef TALLY_ENGINE_PROFILE_PARSE_RECOGNITIONS_H_
#define TALLY_ENGINE_PROFILE_PARSE_RECOGNITIONS_H_

#include "engine/profile/object_reader.h"
#include "engine/profile/profile.h"

namespace tally {

// Asks the profile for its scheme and its models: read those first.
void ParseRecognitions(ObjectReader* root, Profile* profile);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PARSE_RECOGNITIONS_H_
