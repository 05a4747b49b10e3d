// One step of a scenario: something to post or to ask, and what must come.
//
// A step is read once, with every key checked; what it says is then known to
// have the right shape, and running it can only differ in values.

#ifndef TALLY_TOOLS_TALLY_STEP_H_
#define TALLY_TOOLS_TALLY_STEP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"
#include "services/authoring/read.h"

namespace tally::cli {

enum class StepKind : uint8_t {
  kPost,
  kPostAtomic,
  kPostConcurrent,
  kBalance,
  kPercentage,
  kShipment,
  kLot,
  kCredits,
  kCertificate,
  kPeriod,
  kTrace,
  kFlags,
  kCover,
};

struct Step {
  StepKind kind = StepKind::kPost;
  // An event, a list of events, a query or an id, as written.
  nlohmann::json subject;
  nlohmann::json expect;
  std::vector<std::string> warnings;
  std::optional<nlohmann::json> serials;
  std::string position;                    // the name it gives; may be empty
  std::optional<std::string> recorded_at;  // as written
};

// "post_atomic"
std::string_view StepName(StepKind kind);

// The step at `path` of a scenario. Adds to `problems` what is wrong with it.
Step ReadStep(const nlohmann::json& in, const std::string& path,
              std::vector<authoring::Problem>* problems);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_STEP_H_
