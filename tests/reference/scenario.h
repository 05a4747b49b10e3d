// Runs one scenario against a fresh reference ledger.

#ifndef TALLY_TESTS_REFERENCE_SCENARIO_H_
#define TALLY_TESTS_REFERENCE_SCENARIO_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tally::reference {

// What did not hold: the step, what was expected and what came. Empty when the
// scenario passes.
std::vector<std::string> RunScenario(const nlohmann::json& scenario);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_SCENARIO_H_
