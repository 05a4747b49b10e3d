// `tally profile explain`: what a rule does under a profile, and why.

#ifndef TALLY_TOOLS_TALLY_PROFILE_EXPLAIN_H_
#define TALLY_TOOLS_TALLY_PROFILE_EXPLAIN_H_

#include "tools/tally/command.h"

namespace tally::cli {

Command ProfileExplainCommand();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_PROFILE_EXPLAIN_H_
