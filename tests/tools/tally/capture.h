// Runs a command line inside the test and keeps what it prints.

#ifndef TALLY_TESTS_TOOLS_TALLY_CAPTURE_H_
#define TALLY_TESTS_TOOLS_TALLY_CAPTURE_H_

#include <string>
#include <vector>

#include "tools/tally/exit_code.h"

namespace tally::cli {

struct Printed {
  ExitCode exit = ExitCode::kDone;
  std::string out;
  std::string err;
};

// `in` is what stands on the standard input.
Printed RunTally(const std::vector<std::string>& words,
                 const std::string& in = "");

// A file of its own below the test's temporary folder; answers its path.
std::string WriteFile(const std::string& name, const std::string& text);

}  // namespace tally::cli

#endif  // TALLY_TESTS_TOOLS_TALLY_CAPTURE_H_
