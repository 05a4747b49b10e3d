// From the words of a command line to the command that they name.

#ifndef TALLY_TOOLS_TALLY_PARSER_H_
#define TALLY_TOOLS_TALLY_PARSER_H_

#include <string>
#include <vector>

#include "tools/tally/command.h"
#include "tools/tally/exit_code.h"

namespace tally::cli {

// Behind the name of one of the program's own options, this is an argument
// where the option was typed: "server (typed)".
inline constexpr char kTyped[] = " (typed)";

// Runs the command that `words` (without the program's own name) name. Help,
// the version and completions go to the terminal's `out`; what can't be
// understood goes to its `err`, with the nearest command.
ExitCode RunWords(const Command& program, const std::vector<std::string>& words,
                  const Terminal& terminal);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_PARSER_H_
