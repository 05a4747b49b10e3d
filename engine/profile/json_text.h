// JSON text of a profile to a tree: refuses what is not JSON, what is nested
// too deep, and a key that an object has twice (of which most parsers keep
// one without a word).

#ifndef TALLY_ENGINE_PROFILE_JSON_TEXT_H_
#define TALLY_ENGINE_PROFILE_JSON_TEXT_H_

#include <optional>
#include <string_view>

#include "engine/profile/violation_list.h"
#include "nlohmann/json_fwd.hpp"

namespace tally {

std::optional<nlohmann::json> ReadJson(std::string_view text,
                                       ViolationList* violations);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_JSON_TEXT_H_
