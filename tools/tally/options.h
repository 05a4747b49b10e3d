// Options that several commands have.

#ifndef TALLY_TOOLS_TALLY_OPTIONS_H_
#define TALLY_TOOLS_TALLY_OPTIONS_H_

#include <string>
#include <vector>

#include "tools/tally/command.h"

namespace tally::cli {

// A positional that must be given: the id of something.
Option IdOption(std::string name, std::string help);
// --NAME VALUE
Option ValueOption(std::string name, std::string value, std::string help);
// --NAME DATE
Option DateOption(std::string name, std::string help);
// --NAME with one of `choices`.
Option ChoiceOption(std::string name, std::string help,
                    std::vector<std::string> choices);

// --site, --product, --scheme, --model and --lot: which account.
std::vector<Option> AccountOptions();

// --kinds, of events; may be given more than once.
Option KindsOption();

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_OPTIONS_H_
