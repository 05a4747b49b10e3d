// `tally verify`.

#ifndef TALLY_TOOLS_TALLY_VERIFY_H_
#define TALLY_TOOLS_TALLY_VERIFY_H_

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/ledger/verification.h"
#include "tools/tally/command.h"

namespace tally::cli {

// Verifies, shows how far it is, and prints what was found.
ExitCode RunVerify(
    absl::FunctionRef<absl::StatusOr<VerifyReport>(VerifyOptions)> verify,
    const Arguments& arguments, const Terminal& terminal);

// --as-known-at
Option KnownAtOption();

Command VerifyCommand();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_VERIFY_H_
