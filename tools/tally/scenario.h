// A scenario: profiles, events that set the stage, and steps that say what
// must come. Read from a file with everything that is wrong with it.

#ifndef TALLY_TOOLS_TALLY_SCENARIO_H_
#define TALLY_TOOLS_TALLY_SCENARIO_H_

#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"
#include "services/authoring/read.h"
#include "tools/tally/step.h"

namespace tally::cli {

struct Scenario {
  std::string name;   // "W02"
  std::string title;  // "A continuous account …"
  bool strict = false;
  std::vector<nlohmann::json> profiles;
  std::vector<nlohmann::json> setup;
  std::vector<Step> steps;
};

// Adds to `problems` what is wrong; the scenario is whole when there is none.
Scenario ReadScenario(std::string_view text,
                      std::vector<authoring::Problem>* problems);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_SCENARIO_H_
