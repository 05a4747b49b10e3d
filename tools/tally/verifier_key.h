// --key: the verifier key of a log, as its operator publishes it.

#ifndef TALLY_TOOLS_TALLY_VERIFIER_KEY_H_
#define TALLY_TOOLS_TALLY_VERIFIER_KEY_H_

#include <optional>
#include <string>

#include "tools/tally/command.h"

namespace tally::cli {

Option VerifierKeyOption();

// What --key says: a key, or a file that holds one. "" where it is not given;
// nullopt, with a message, where it is neither.
std::optional<std::string> VerifierKeyOf(const Arguments& arguments,
                                         const Terminal& terminal);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_VERIFIER_KEY_H_
