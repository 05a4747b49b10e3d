// Asks a ledger what a step of a scenario asks, and puts the answer in the
// form in which scenarios state what they expect.

#ifndef TALLY_TOOLS_TALLY_ANSWERS_H_
#define TALLY_TOOLS_TALLY_ANSWERS_H_

#include <string>
#include <vector>

#include "grpcpp/support/status.h"
#include "nlohmann/json.hpp"
#include "services/authoring/read.h"
#include "tools/tally/connection.h"
#include "tools/tally/step.h"

namespace tally::cli {

struct Answer {
  grpc::Status status;
  // What is wrong with the query as written; then nothing was asked.
  std::vector<authoring::Problem> problems;
  nlohmann::json value;
};

// `subject` is the step's, with positions as numbers. Not for steps that post.
Answer Ask(const Connection& connection, StepKind kind,
           const nlohmann::json& subject);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_ANSWERS_H_
