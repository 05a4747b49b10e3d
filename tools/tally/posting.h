// Posts the events of a scenario and answers what became of each, in the form
// in which scenarios state what they expect.

#ifndef TALLY_TOOLS_TALLY_POSTING_H_
#define TALLY_TOOLS_TALLY_POSTING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grpcpp/support/status.h"
#include "nlohmann/json.hpp"
#include "tallystick/v1/ledger_service.pb.h"
#include "tools/tally/connection.h"

namespace tally::cli {

// What became of one event.
struct Decision {
  std::string code;     // "ACCEPTED" or the refusal's
  std::string message;  // the refusal's, with its rule; empty if accepted
  std::vector<std::string> warnings;
  nlohmann::json serials = nlohmann::json::array();

  // "INSUFFICIENT (R02): asked 41, available 40"
  std::string ToString() const;
};

struct Posting {
  grpc::Status status;
  int64_t position = -1;  // the ledger's, after it
  std::vector<Decision> decisions;
};

struct PostingOptions {
  // Events without an id get one from this and their place.
  std::string seed;
  tallystick::v1::PostMode mode = tallystick::v1::POST_MODE_PER_EVENT;
  // The ledger's clock; left out: when the last of the events happened.
  std::optional<std::string> recorded_at;
};

// In one request. An event that can't be read is INVALID_ARGUMENT, as the
// ledger would answer, and is not sent; in POST_MODE_ALL_OR_NONE nothing is.
Posting Post(const Connection& connection,
             const std::vector<nlohmann::json>& events,
             const PostingOptions& options);

// The refusal's sentence, with every field that it is about.
std::string RefusalText(const tallystick::v1::Refusal& refusal);

// What became of an event, from the ledger's answer.
Decision DecisionOf(const tallystick::v1::Outcome& outcome);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_POSTING_H_
