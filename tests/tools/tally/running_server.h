// A server for tests on a free port, and the program `tally` as users run it.

#ifndef TALLY_TESTS_TOOLS_TALLY_RUNNING_SERVER_H_
#define TALLY_TESTS_TOOLS_TALLY_RUNNING_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "services/server.h"
#include "services/system_clock.h"
#include "services/test_ledgers.h"
#include "tests/tools/tally/capture.h"

namespace tally::cli {

class RunningServer {
 public:
  RunningServer();
  std::string address() const;

 private:
  services::SystemClock clock_;
  services::TestLedgers ledgers_{&clock_};
  std::unique_ptr<services::Server> server_;
};

// The built program in a process of its own; `environment` is added to ours.
// Words hold no single quotes.
Printed RunProgram(const std::vector<std::string>& words,
                   const std::string& environment = "",
                   const std::string& in = "");

}  // namespace tally::cli

#endif  // TALLY_TESTS_TOOLS_TALLY_RUNNING_SERVER_H_
