// "Did you mean": the nearest name to one that is not known.

#ifndef TALLY_TOOLS_TALLY_SUGGESTION_H_
#define TALLY_TOOLS_TALLY_SUGGESTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/tally/command.h"

namespace tally::cli {

// How many letters to add, drop, change or swap with the next.
int Distance(std::string_view one, std::string_view other);

// "no command `balanec`; did you mean `balance`?" for the first word that
// should be a command and is not, else "".
std::string Suggest(const Command& program,
                    const std::vector<std::string>& words);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_SUGGESTION_H_
