// Events from any bytes, as authoring JSON and as the wire has them: nothing
// stops the reading, what is read is written and read again to the same, and
// what cannot be read is explained.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/arena.h"
#include "engine/base/check.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/authoring/json_text.h"
#include "services/authoring/read.h"
#include "services/authoring/write.h"
#include "services/wire/decode.h"
#include "services/wire/encode.h"
#include "services/wire/parse_failure.h"
#include "tallystick/v1/event.pb.h"

namespace tally {
namespace {

using google::protobuf::util::MessageDifferencer;
namespace v1 = tallystick::v1;

void CheckDecoding(const v1::Event& event) {
  Arena arena;
  const Event decoded = wire::Decode(event, &arena);
  if (!decoded.malformed.empty()) return;
  v1::Event encoded;
  wire::Encode(decoded, &encoded);
  const Event again = wire::Decode(encoded, &arena);
  TALLY_CHECK(again.malformed.empty());
  v1::Event encoded_again;
  wire::Encode(again, &encoded_again);
  TALLY_CHECK(MessageDifferencer::Equals(encoded, encoded_again));
}

void Json(std::string_view text) {
  const auto json = authoring::ParseJson(text);
  if (!json.ok()) return;
  v1::Event event;
  const auto problems = authoring::Read(*json, &event);
  CheckDecoding(event);
  if (!problems.empty()) return;
  v1::Event again;
  TALLY_CHECK(authoring::Read(authoring::Write(event), &again).empty());
  TALLY_CHECK(MessageDifferencer::Equals(event, again));
}

void Wire(std::string_view bytes) {
  v1::Event event;
  Arena arena;
  const auto view = wire::ReadView<wire::view::Event>(bytes, &arena);
  const bool parsed =
      event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  TALLY_CHECK(view.has_value() == parsed);
  if (parsed) {
    TALLY_CHECK(wire::Decode(*view, &arena).malformed.size() ==
                wire::Decode(event, &arena).malformed.size());
    CheckDecoding(event);
    return;
  }
  const Violation violation =
      wire::ExplainParseFailure(bytes, *v1::Event::descriptor());
  TALLY_CHECK(!violation.limit.empty());
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto* const silence = new google::protobuf::LogSilencer();
  (void)silence;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  tally::Json(text);
  tally::Wire(text);
  return 0;
}
