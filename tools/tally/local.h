// What commands share that work on files of this machine, without a server.

#ifndef TALLY_TOOLS_TALLY_LOCAL_H_
#define TALLY_TOOLS_TALLY_LOCAL_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "engine/model/indices.h"
#include "tools/tally/command.h"

namespace tally::cli {

// Says what went wrong: a folder that is not there is "not found", damage is
// an integrity error.
ExitCode FailLocally(const absl::Status& status, const Terminal& terminal);

// The option `name` as a number of 0 to `most`; left as it is where it was not
// given. False, with a message, where it is none.
bool ReadNumber(const std::string& name, int64_t most,
                const Arguments& arguments, const Terminal& terminal,
                std::optional<int64_t>* number);

inline bool ReadPosition(const std::string& name, const Arguments& arguments,
                         const Terminal& terminal,
                         std::optional<Position>* position) {
  return ReadNumber(name, INT64_MAX - 1, arguments, terminal, position);
}

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_LOCAL_H_
