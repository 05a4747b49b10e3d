// The profile that a command names: one in a file, or one on a ledger.

#ifndef TALLY_TOOLS_TALLY_PROFILE_SOURCE_H_
#define TALLY_TOOLS_TALLY_PROFILE_SOURCE_H_

#include <optional>
#include <string>
#include <variant>

#include "nlohmann/json.hpp"
#include "tools/tally/command.h"

namespace tally::cli {

// What `name` stands for in help.
inline constexpr char kProfileSource[] =
    "a file ending in .json, or on the ledger SCHEME for the version in force "
    "last or SCHEME@DATE for the one of that day";

// The text of it as it was written, or what the program ends with after it has
// said why there is none.
std::variant<std::string, ExitCode> ProfileText(const std::string& name,
                                                const Arguments& arguments,
                                                const Terminal& terminal);

// The same, read; a profile in a file must be one without mistakes.
std::variant<nlohmann::ordered_json, ExitCode> ReadProfile(
    const std::string& name, const Arguments& arguments,
    const Terminal& terminal);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_PROFILE_SOURCE_H_
