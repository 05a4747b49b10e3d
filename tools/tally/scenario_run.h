// Runs one scenario against a fresh ledger and says which steps differ.

#ifndef TALLY_TOOLS_TALLY_SCENARIO_RUN_H_
#define TALLY_TOOLS_TALLY_SCENARIO_RUN_H_

#include <string>
#include <vector>

#include "grpcpp/support/status.h"
#include "tools/tally/connection.h"
#include "tools/tally/scenario.h"

namespace tally::cli {

// What did not hold. `place` is where: "step 3 (balance)", "setup 2",
// "profile 1".
struct Difference {
  std::string place;
  std::string expected;
  std::string actual;  // with a refusal's message
};

struct ScenarioResult {
  std::vector<Difference> differences;  // empty: every step held
  // Not OK: the ledger could not be reached or asked, and the run ended there.
  grpc::Status status;
};

// `connection` leads to a server for tests; the ledger is the scenario's own.
// After a profile or an event of the setup that is refused, no step is run.
ScenarioResult RunScenario(const Scenario& scenario,
                           const Connection& connection);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_SCENARIO_RUN_H_
