// What `tally` answers to the shell. Scripts rely on the numbers.

#ifndef TALLY_TOOLS_TALLY_EXIT_CODE_H_
#define TALLY_TOOLS_TALLY_EXIT_CODE_H_

#include "grpcpp/support/status_code_enum.h"

namespace tally::cli {

enum class ExitCode : int {
  kDone = 0,
  kRefused = 1,      // a rule refused it, or a scenario's step did not hold
  kUsage = 2,        // the command, a file or a request can't be understood
  kNotFound = 3,     // what was asked for is not there
  kNotAllowed = 4,   // the server does not know the caller, or says no
  kUnavailable = 5,  // no server, no answer in time, or an error inside it
  kIntegrity = 6,    // what the ledger holds contradicts itself
};

ExitCode ExitCodeOf(grpc::StatusCode code);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_EXIT_CODE_H_
