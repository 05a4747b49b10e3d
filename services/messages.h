// Between the bytes of a call and its messages.
//
// The services take raw bytes, so that an oversize or malformed request is
// answered by us, with the field that is wrong, and not by gRPC without one.

#ifndef TALLY_SERVICES_MESSAGES_H_
#define TALLY_SERVICES_MESSAGES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "engine/model/limits.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace tally::services {

// What one request may be; not above the ledger's own limits.
struct RequestLimits {
  int64_t bytes_max = kRequestBytesMax;
  int events_max = kEventsPerRequestMax;
};

// INVALID_ARGUMENT for bytes that are too many, or are no such message: it
// names the field that is not UTF-8 or not whole.
absl::Status ReadMessage(const grpc::ByteBuffer& in,
                         const RequestLimits& limits,
                         google::protobuf::Message* out);

void WriteMessage(const google::protobuf::Message& in, grpc::ByteBuffer* out);

// An error for a request of so many bytes or events, naming both limits.
absl::Status TooLarge(int64_t bytes, const RequestLimits& limits);
absl::Status TooManyEvents(int64_t events, const RequestLimits& limits);

}  // namespace tally::services

#endif  // TALLY_SERVICES_MESSAGES_H_
