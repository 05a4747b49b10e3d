// `tally keys`: keys and certificates for development.

#ifndef TALLY_TOOLS_TALLY_KEYS_COMMAND_H_
#define TALLY_TOOLS_TALLY_KEYS_COMMAND_H_

#include "tools/tally/command.h"

namespace tally::cli {

Command KeysCommand();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_KEYS_COMMAND_H_
