// Reads where a profile's rules and values come from: `citations` by rule,
// `sources` by the path of a key, and `not_found`.

#ifndef TALLY_ENGINE_PROFILE_PARSE_CITATIONS_H_
#define TALLY_ENGINE_PROFILE_PARSE_CITATIONS_H_

#include "engine/profile/object_reader.h"
#include "engine/profile/profile.h"

namespace tally {

void ParseCitations(ObjectReader* root, Profile* profile);
void ParseSources(ObjectReader* root, Profile* profile);
void ParseNotFound(ObjectReader* root, Profile* profile);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PARSE_CITATIONS_H_
