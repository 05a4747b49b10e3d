// Errors of the API: what did not go well with a call as a whole. What a rule
// refuses is an outcome, not an error.
//
// Every error carries google.rpc.Status with an ErrorInfo, whose metadata
// repeats the figures of the message; a malformed request a BadRequest; what
// can be tried again a RetryInfo. Within the services errors are absl::Status
// with these details as payloads; ToGrpc() is where they leave.

#ifndef TALLY_SERVICES_ERRORS_H_
#define TALLY_SERVICES_ERRORS_H_

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/ledger/status_facts.h"
#include "engine/model/refusal.h"
#include "grpcpp/support/status.h"

namespace tally::services {

inline constexpr std::string_view kErrorDomain = "tallystick.v1";

// `reason` is of A-Z, 0-9 and _; the facts are its metadata.
absl::Status Error(absl::StatusCode code, std::string_view reason,
                   std::string_view message, const Facts& facts = {});

// INVALID_ARGUMENT that names the fields; there is at least one.
absl::Status BadRequest(std::span<const Violation> violations);
absl::Status BadField(std::string field, std::string value, std::string limit);

// UNAVAILABLE: the server is stopping.
absl::Status Stopping();

// UNIMPLEMENTED: this server does not answer questions about these things.
absl::Status NotAnswered(std::string_view things);

grpc::Status ToGrpc(const absl::Status& status);

}  // namespace tally::services

#endif  // TALLY_SERVICES_ERRORS_H_
