// Views against protobuf's own parser: the same bytes are a message or are
// not, and say the same.

#include "services/wire/view.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/authoring/read.h"
#include "services/wire/decode.h"
#include "services/wire/encode.h"
#include "services/wire/text.h"
#include "services/wire/views.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tests/services/every_kind.h"

namespace tally::wire {
namespace {

using google::protobuf::util::MessageDifferencer;
namespace v1 = tallystick::v1;

std::vector<v1::Event> Samples() {
  std::vector<v1::Event> samples;
  for (const nlohmann::json& in : EveryKind()) {
    EXPECT_TRUE(authoring::Read(in, &samples.emplace_back()).empty());
  }
  return samples;
}

// What is wrong with an event, or the event encoded again.
std::string Said(const Event& event) {
  std::string said;
  for (const Malformed& malformed : event.malformed) {
    said += std::string(malformed.field) + " " + std::string(malformed.value) +
            " " + std::string(malformed.limit) + "\n";
  }
  if (!said.empty()) return said;
  v1::Event encoded;
  Encode(event, &encoded);
  return encoded.DebugString();
}

// Whether protobuf reads the bytes; if so the view must say the same as what
// protobuf writes of what it has read.
bool ExpectReadAsProtobufDoes(const std::string& bytes) {
  v1::Event message;
  const bool parsed = message.ParseFromString(bytes);
  Arena arena;
  const auto event = ReadView<view::Event>(bytes, &arena);
  EXPECT_EQ(event.has_value(), parsed) << Quoted(bytes, bytes.size());
  if (!parsed || !event.has_value()) return parsed;
  EXPECT_EQ(Said(Decode(*event, &arena)), Said(Decode(message, &arena)))
      << message.DebugString();
  return parsed;
}

TEST(ViewTest, ReadsEveryKindAsProtobufDoes) {
  for (const v1::Event& sample : Samples()) {
    EXPECT_TRUE(ExpectReadAsProtobufDoes(sample.SerializeAsString()));
  }
}

TEST(ViewTest, ReadsEveryBeginningAsProtobufDoes) {
  const google::protobuf::LogSilencer silence;
  for (const v1::Event& sample : Samples()) {
    const std::string bytes = sample.SerializeAsString();
    for (size_t size = 0; size < bytes.size(); ++size) {
      ExpectReadAsProtobufDoes(bytes.substr(0, size));
      if (HasFailure()) return;
    }
  }
}

TEST(ViewTest, ReadsDamagedBytesAsProtobufDoes) {
  const google::protobuf::LogSilencer silence;
  const uint32_t seed = std::random_device()();
  RecordProperty("seed", std::to_string(seed));
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<v1::Event> samples = Samples();
  int parsed = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = samples[random() % samples.size()].SerializeAsString();
    // Two events in one: fields are given again, and messages are merged.
    if (random() % 4 == 0) {
      bytes += samples[random() % samples.size()].SerializeAsString();
    }
    for (uint32_t change = random() % 4; change > 0; --change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    parsed += ExpectReadAsProtobufDoes(bytes) ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(parsed, 1'000);
}

TEST(ViewTest, PassesOverWhatIsUnknown) {
  std::string bytes = Samples()[0].SerializeAsString();
  // Fields 2000 and 2001: a group with a number in it, and 8 fixed bytes.
  bytes += "\x83\x7d\x08\x01\x84\x7d";
  bytes += "\x89\x7d" + std::string(8, 'x');
  EXPECT_TRUE(ExpectReadAsProtobufDoes(bytes));
}

TEST(ViewTest, RefusesTextThatIsNotUtf8) {
  const google::protobuf::LogSilencer silence;
  EXPECT_FALSE(ExpectReadAsProtobufDoes("\x0a\x02\xc3\x28"));
}

TEST(ViewTest, OfAnEmptyMessageIsEmpty) {
  Arena arena;
  const auto request = ReadView<view::PostEventsRequest>("", &arena);
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->events_size(), 0);
  EXPECT_FALSE(request->has_recorded_at());
  EXPECT_EQ(request->recorded_at().seconds(), 0);
  EXPECT_FALSE(request->validate_only());
}

TEST(ViewTest, KeepsEveryElementOfALongList) {
  v1::PostEventsRequest request;
  for (int i = 0; i < 1'000; ++i)
    request.add_events()->set_id(std::to_string(i));
  const std::string bytes = request.SerializeAsString();
  Arena arena;
  const auto read = ReadView<view::PostEventsRequest>(bytes, &arena);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->events_size(), 1'000);
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_EQ(read->events(i).id(), std::to_string(i));
  }
}

}  // namespace
}  // namespace tally::wire
