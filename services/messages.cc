#include "services/messages.h"

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "fmt/format.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/slice.h"
#include "services/errors.h"
#include "services/wire/parse_failure.h"

namespace tally::services {
namespace {

Facts LimitFacts(const RequestLimits& limits) {
  return {{"request_bytes_max", std::to_string(limits.bytes_max)},
          {"events_per_request_max", std::to_string(limits.events_max)}};
}

std::string LimitText(const RequestLimits& limits) {
  return fmt::format("a request has at most {} bytes and {} events",
                     limits.bytes_max, limits.events_max);
}

std::string Joined(const grpc::ByteBuffer& in) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!in.Dump(&slices).ok()) return bytes;
  bytes.reserve(in.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

absl::Status TooLarge(int64_t bytes, const RequestLimits& limits) {
  Facts facts = LimitFacts(limits);
  facts.emplace_back("request_bytes", std::to_string(bytes));
  return Error(
      absl::StatusCode::kInvalidArgument, "REQUEST_TOO_LARGE",
      fmt::format("the request has {} bytes; {}", bytes, LimitText(limits)),
      facts);
}

absl::Status TooManyEvents(int64_t events, const RequestLimits& limits) {
  Facts facts = LimitFacts(limits);
  facts.emplace_back("events", std::to_string(events));
  return Error(
      absl::StatusCode::kInvalidArgument, "TOO_MANY_EVENTS",
      fmt::format("the request has {} events; {}", events, LimitText(limits)),
      facts);
}

absl::Status ReadMessage(const grpc::ByteBuffer& in,
                         const RequestLimits& limits,
                         google::protobuf::Message* out) {
  const int64_t bytes = static_cast<int64_t>(in.Length());
  if (bytes > limits.bytes_max) return TooLarge(bytes, limits);
  // A reader consumes its buffer; a copy shares the bytes.
  grpc::ByteBuffer buffer(in);
  grpc::ProtoBufferReader reader(&buffer);
  if (reader.status().ok() && out->ParseFromZeroCopyStream(&reader)) {
    return absl::OkStatus();
  }
  return NoSuchMessage(Joined(in), *out->GetDescriptor());
}

absl::Status ReadBytes(const grpc::ByteBuffer& in, const RequestLimits& limits,
                       std::string* out) {
  const int64_t bytes = static_cast<int64_t>(in.Length());
  if (bytes > limits.bytes_max) return TooLarge(bytes, limits);
  *out = Joined(in);
  return absl::OkStatus();
}

absl::Status NoSuchMessage(std::string_view bytes,
                           const google::protobuf::Descriptor& type) {
  Violation violation = wire::ExplainParseFailure(bytes, type);
  if (violation.field.empty()) violation.field = type.name();
  return BadRequest({&violation, 1});
}

void WriteMessage(const google::protobuf::Message& in, grpc::ByteBuffer* out) {
  // The library writes into an empty buffer only.
  out->Clear();
  bool own_buffer = false;
  const grpc::Status status =
      grpc::SerializationTraits<google::protobuf::Message>::Serialize(
          in, out, &own_buffer);
  TALLY_CHECK(status.ok());
}

void WriteBytes(std::string_view bytes, grpc::ByteBuffer* out) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  *out = grpc::ByteBuffer(&slice, 1);
}

}  // namespace tally::services
