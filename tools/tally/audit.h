// `tally audit`, and the check that `tally verify` makes of a bundle.

#ifndef TALLY_TOOLS_TALLY_AUDIT_H_
#define TALLY_TOOLS_TALLY_AUDIT_H_

#include <string>

#include "tools/tally/command.h"

namespace tally::cli {

ExitCode CheckBundle(const std::string& path, const Arguments& arguments,
                     const Terminal& terminal);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_AUDIT_H_
