// `tally verify`.

#ifndef TALLY_TOOLS_TALLY_VERIFY_H_
#define TALLY_TOOLS_TALLY_VERIFY_H_

#include "tools/tally/command.h"

namespace tally::cli {

Command VerifyCommand();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_VERIFY_H_
