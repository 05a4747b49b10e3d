// Reads JSON text that a person wrote.

#ifndef TALLY_SERVICES_AUTHORING_JSON_TEXT_H_
#define TALLY_SERVICES_AUTHORING_JSON_TEXT_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace tally::authoring {

// Nothing that is read here nests deeper.
inline constexpr int kJsonDepthMax = 32;

// InvalidArgument, with line and column, for what is not JSON; for a key that
// stands twice in one object, with the key; for what nests too deep; and for
// text that is not UTF-8.
absl::StatusOr<nlohmann::json> ParseJson(std::string_view text);

}  // namespace tally::authoring

#endif  // TALLY_SERVICES_AUTHORING_JSON_TEXT_H_
