// A profile as paths and values: "models.MASS_BALANCE.period_months", 3.

#ifndef TALLY_TOOLS_TALLY_PROFILE_PATHS_H_
#define TALLY_TOOLS_TALLY_PROFILE_PATHS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlohmann/json.hpp"

namespace tally::cli {

using PathValue = std::pair<std::string, nlohmann::ordered_json>;

// Every value that is neither object nor list, or is an empty one, in the
// order of the profile.
std::vector<PathValue> Leaves(const nlohmann::ordered_json& profile);

// What stands at a key of this name, or path of names, wherever it is.
std::vector<PathValue> ValuesOf(std::string_view key,
                                const nlohmann::ordered_json& profile);

// What `sources` says of a path or of what it is a part of; "" for nothing.
std::string SourceOf(const std::string& path,
                     const nlohmann::ordered_json& profile);

// One difference: a path with its value in either, null where it has none.
struct ProfileDifference {
  std::string path;
  nlohmann::ordered_json one;
  nlohmann::ordered_json other;
};

std::vector<ProfileDifference> Compare(const nlohmann::ordered_json& one,
                                       const nlohmann::ordered_json& other);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_PROFILE_PATHS_H_
