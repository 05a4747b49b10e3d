// A post from any bytes, in any pieces: read as protobuf reads it, or refused
// with the field that is wrong; and each of its events either malformed, or
// stored and read again to the same words.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/arena.h"
#include "engine/base/check.h"
#include "engine/log/record_codec.h"
#include "engine/rules/shape.h"
#include "google/protobuf/stubs/logging.h"
#include "services/messages.h"
#include "services/post_batch.h"
#include "services/wire/decode.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tests/fuzz/portions.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;
using Request = Received<wire::view::PostEventsRequest>;

constexpr RequestLimits kLimits{.bytes_max = 1 << 16, .events_max = 50};

// In two pieces, cut where the first byte says.
grpc::ByteBuffer InPieces(std::string_view bytes, size_t cut) {
  cut = bytes.empty() ? 0 : cut % bytes.size();
  const grpc::Slice pieces[] = {grpc::Slice(std::string(bytes.substr(0, cut))),
                                grpc::Slice(std::string(bytes.substr(cut)))};
  return {pieces, 2};
}

void CheckEvent(const Event& event, const v1::Event& message) {
  Arena arena;
  const Event decoded = wire::Decode(message, &arena);
  TALLY_CHECK(event.malformed.size() == decoded.malformed.size());
  if (CheckShape(event) != nullptr) return;
  TALLY_CHECK(event.malformed.empty());
  std::string words;
  TALLY_CHECK(EncodeEvent(event, &words).ok());
  const absl::StatusOr<Event> stored = DecodeEvent(words, &arena);
  TALLY_CHECK(stored.ok());
  std::string again;
  TALLY_CHECK(EncodeEvent(*stored, &again).ok());
  TALLY_CHECK(words == again);
}

void Post(std::string_view bytes, size_t cut) {
  v1::PostEventsRequest message;
  const bool parsed =
      message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  const auto request = Request::Read(InPieces(bytes, cut), kLimits);
  if (static_cast<int64_t>(bytes.size()) > kLimits.bytes_max) {
    TALLY_CHECK(!request.ok());
    return;
  }
  TALLY_CHECK(request.ok() == parsed);
  if (!request.ok()) {
    TALLY_CHECK(absl::IsInvalidArgument(request.status()));
    return;
  }
  const wire::view::PostEventsRequest& asked = ***request;
  const auto batch = ToBatch(asked.events(), asked.mode(), asked.view(),
                             Caller{.principal = "someone"}, kLimits);
  if (!batch.ok()) {
    TALLY_CHECK(absl::IsInvalidArgument(batch.status()));
    return;
  }
  const std::vector<Event>& events = (*batch)->events;
  TALLY_CHECK(std::ssize(events) == message.events_size());
  for (size_t i = 0; i < events.size(); ++i) {
    CheckEvent(events[i], message.events(static_cast<int>(i)));
  }
}

}  // namespace
}  // namespace tally::services

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto* const silence = new google::protobuf::LogSilencer();
  (void)silence;
  tally::fuzz::Portions input(bytes, size);
  const size_t cut = input.Byte();
  tally::services::Post(input.Rest(), cut);
  return 0;
}
