// Between the bytes of a call and its messages.
//
// The services take raw bytes, so that an oversize or malformed request is
// answered by us, with the field that is wrong, and not by gRPC without one.

#ifndef TALLY_SERVICES_MESSAGES_H_
#define TALLY_SERVICES_MESSAGES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/arena.h"
#include "engine/base/status_macros.h"
#include "engine/model/limits.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/wire/view.h"

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

// All bytes of a request in one piece.
absl::Status ReadBytes(const grpc::ByteBuffer& in, const RequestLimits& limits,
                       std::string* out);
absl::Status NoSuchMessage(std::string_view bytes,
                           const google::protobuf::Descriptor& type);

// A request as it came, and the view of it; shared by what reads it and by
// what answers it.
template <typename V>
class Received {
 public:
  // As ReadMessage().
  static absl::StatusOr<std::shared_ptr<const Received>> Read(
      const grpc::ByteBuffer& in, const RequestLimits& limits) {
    auto received = std::make_shared<Received>();
    RETURN_IF_ERROR(ReadBytes(in, limits, &received->bytes_));
    const auto view = wire::ReadView<V>(received->bytes_, &received->arena_);
    if (!view.has_value()) {
      return NoSuchMessage(received->bytes_, *V::Message::descriptor());
    }
    received->view_ = *view;
    return received;
  }

  const V* operator->() const { return &view_; }
  const V& operator*() const { return view_; }

 private:
  std::string bytes_;
  Arena arena_;
  V view_;
};

void WriteMessage(const google::protobuf::Message& in, grpc::ByteBuffer* out);
void WriteBytes(std::string_view bytes, grpc::ByteBuffer* out);

// An error for a request of so many bytes or events, naming both limits.
absl::Status TooLarge(int64_t bytes, const RequestLimits& limits);
absl::Status TooManyEvents(int64_t events, const RequestLimits& limits);

}  // namespace tally::services

#endif  // TALLY_SERVICES_MESSAGES_H_
