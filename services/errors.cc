#include "services/errors.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "engine/base/strings.h"
#include "engine/ledger/retry_hint.h"
#include "engine/model/limits.h"
#include "fmt/format.h"
#include "google/protobuf/message.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace tally::services {
namespace {

constexpr std::string_view kTypePrefix = "type.googleapis.com/";
constexpr std::string_view kDetailPrefix = "type.googleapis.com/google.rpc.";
// When nothing better is known.
constexpr int64_t kRetryUnavailableMillis = 1'000;
constexpr int64_t kMillisPerSecond = 1'000;
constexpr int32_t kNanosPerMilli = 1'000'000;

std::string TypeUrl(const google::protobuf::Message& message) {
  return std::string(kTypePrefix) + message.GetDescriptor()->full_name();
}

void Attach(const google::protobuf::Message& detail, absl::Status* status) {
  status->SetPayload(TypeUrl(detail), absl::Cord(detail.SerializeAsString()));
}

google::rpc::ErrorInfo MakeInfo(std::string_view reason, const Facts& facts) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [name, value] : facts) {
    (*info.mutable_metadata())[name] = value;
  }
  return info;
}

std::optional<int64_t> RetryMillis(const absl::Status& status) {
  const std::optional<int64_t> hint = RetryAfterMillis(status);
  if (hint.has_value()) return hint;
  if (absl::IsUnavailable(status)) return kRetryUnavailableMillis;
  if (absl::IsResourceExhausted(status)) return kRetryAfterMillis;
  return std::nullopt;
}

void AddRetryInfo(int64_t millis, google::rpc::Status* out) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(millis / kMillisPerSecond);
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(millis % kMillisPerSecond) * kNanosPerMilli);
  out->add_details()->PackFrom(retry);
}

std::string Sentence(const Violation& violation) {
  if (violation.value.empty()) {
    return fmt::format("{}: must be {}", violation.field, violation.limit);
  }
  return fmt::format("{}: got {}, must be {}", violation.field, violation.value,
                     violation.limit);
}

// Of an error of the ledger: what it is about, by name and value.
void Explain(const absl::Status& status, google::rpc::Status* out) {
  const Facts facts = FactsOf(status);
  out->add_details()->PackFrom(
      MakeInfo(absl::StatusCodeToString(status.code()), facts));
  const auto field =
      std::find_if(facts.begin(), facts.end(),
                   [](const auto& fact) { return fact.first == "field"; });
  if (!absl::IsInvalidArgument(status) || field == facts.end()) return;
  google::rpc::BadRequest request;
  google::rpc::BadRequest::FieldViolation* violation =
      request.add_field_violations();
  violation->set_field(field->second);
  violation->set_description(std::string(MessageOf(status)));
  out->add_details()->PackFrom(request);
}

}  // namespace

absl::Status Error(absl::StatusCode code, std::string_view reason,
                   std::string_view message, const Facts& facts) {
  absl::Status status(code, ToAbsl(message));
  Attach(MakeInfo(reason, facts), &status);
  return status;
}

absl::Status BadRequest(std::span<const Violation> violations) {
  google::rpc::BadRequest details;
  std::string message;
  for (const Violation& violation : violations) {
    google::rpc::BadRequest::FieldViolation* out =
        details.add_field_violations();
    out->set_field(violation.field);
    out->set_description(Sentence(violation));
    if (!message.empty()) message += "; ";
    message += Sentence(violation);
  }
  const Violation& first = violations.front();
  absl::Status status = Error(
      absl::StatusCode::kInvalidArgument, "INVALID_ARGUMENT", message,
      {{"field", first.field}, {"value", first.value}, {"limit", first.limit}});
  Attach(details, &status);
  return status;
}

absl::Status BadField(std::string field, std::string value, std::string limit) {
  const Violation violation = {.field = std::move(field),
                               .value = std::move(value),
                               .limit = std::move(limit)};
  return BadRequest({&violation, 1});
}

absl::Status Stopping() {
  return Error(absl::StatusCode::kUnavailable, "SERVER_STOPPING",
               "the server is stopping");
}

absl::Status NotAnswered(std::string_view things) {
  return Error(
      absl::StatusCode::kUnimplemented, "NOT_IMPLEMENTED",
      fmt::format("this server does not answer questions about {}", things));
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.raw_code());
  const std::string message(MessageOf(status));

  google::rpc::Status details;
  details.set_code(code);
  details.set_message(message);
  bool explained = false;
  const std::string info_url = TypeUrl(google::rpc::ErrorInfo());
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!ToStd(url).starts_with(kDetailPrefix)) return;
    google::protobuf::Any* detail = details.add_details();
    detail->set_type_url(std::string(ToStd(url)));
    detail->set_value(std::string(payload));
    explained = explained || ToStd(url) == info_url;
  });
  if (!explained) Explain(status, &details);
  const std::optional<int64_t> retry = RetryMillis(status);
  if (retry.has_value()) AddRetryInfo(*retry, &details);
  return grpc::Status(code, message, details.SerializeAsString());
}

}  // namespace tally::services
