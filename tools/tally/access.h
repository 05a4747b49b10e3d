// Opens the ledger that a command line means.

#ifndef TALLY_TOOLS_TALLY_ACCESS_H_
#define TALLY_TOOLS_TALLY_ACCESS_H_

#include <optional>

#include "grpcpp/support/status.h"
#include "tools/tally/command.h"
#include "tools/tally/connection.h"

namespace tally::cli {

// To the server named by --server or TALLY_SERVER. nullopt, with a message to
// `err`, where none is named or the timeout is no number of seconds.
std::optional<Connection> OpenServer(const Arguments& arguments,
                                     const Terminal& terminal);

// The time to wait for an answer; nullopt, with a message, if it is unusable.
std::optional<CallOptions> CallOptionsOf(const Arguments& arguments,
                                         const Terminal& terminal);

// Says what went wrong, with what the server tells besides its message.
ExitCode Fail(const grpc::Status& status, const Terminal& terminal);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_ACCESS_H_
