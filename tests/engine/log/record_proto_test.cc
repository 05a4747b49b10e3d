// The stored bytes as protobuf reads and writes them. Its code knows our
// structs only through the .proto files.

#include <random>
#include <string>

#include "engine/log/record_codec.h"
#include "gtest/gtest.h"
#include "tallystick/storage/v1/record.pb.h"
#include "tests/engine/log/message_printer.h"
#include "tests/engine/log/random_event.h"
#include "tests/engine/log/same_event.h"

namespace tally {
namespace {

namespace storage = ::tallystick::storage::v1;

// As PrintEvent() prints the event.
std::string PrintMessage(const storage::Event& event) {
  const google::protobuf::Descriptor& type = *event.GetDescriptor();
  MessagePrinter printer;
  for (const char* name : {"id", "occurred_at", "document", "actor"}) {
    printer.PrintField(event, *type.FindFieldByName(name));
  }
  printer.PrintField(event, *event.GetReflection()->GetOneofFieldDescriptor(
                                event, type.oneof_decl(0)));
  return printer.text();
}

void ExpectSameDecision(const storage::Decision& message,
                        const Decision& decision) {
  ASSERT_EQ(message.warnings_size(), std::ssize(decision.warnings));
  for (int i = 0; i < message.warnings_size(); ++i) {
    EXPECT_EQ(message.warnings(i),
              static_cast<int>(decision.warnings[static_cast<size_t>(i)]));
  }
  ASSERT_EQ(message.serials_size(), std::ssize(decision.serials));
  for (int i = 0; i < message.serials_size(); ++i) {
    const DrawnSerials& serials = decision.serials[static_cast<size_t>(i)];
    EXPECT_EQ(message.serials(i).block(), serials.block);
    EXPECT_EQ(message.serials(i).from(), serials.from);
    EXPECT_EQ(message.serials(i).to(), serials.to);
  }
  ASSERT_EQ(message.inputs_size(), std::ssize(decision.inputs));
  for (int i = 0; i < message.inputs_size(); ++i) {
    EXPECT_EQ(message.inputs(i),
              decision.inputs[static_cast<size_t>(i)].units());
  }
}

TEST(RecordProtoTest, ProtobufReadsWhatIsStored) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Arena arena;
  RandomFiller random(seed, &arena);
  for (int round = 0; round < 30; ++round) {
    for (int kind = 1; kind < kKindCount; ++kind) {
      const Event event = random.MakeEvent(kind);
      const Decision decision = random.MakeDecision();
      const Position position = random.Number();
      const Instant recorded_at(-random.Number());
      const std::string salt(random.Chance(2) ? 0 : 32, '\xFE');
      std::string words;
      ASSERT_TRUE(EncodeEvent(event, &words).ok());
      std::string bytes;
      EncodeRecord({.position = position,
                    .recorded_at = recorded_at,
                    .event = words,
                    .decision = &decision,
                    .salt = salt},
                   &bytes);

      storage::Record record;
      ASSERT_TRUE(record.ParseFromString(bytes));
      EXPECT_EQ(record.position(), position);
      EXPECT_EQ(record.recorded_at(), recorded_at.micros());
      EXPECT_EQ(record.salt(), salt);
      ASSERT_EQ(PrintMessage(record.event()), PrintEvent(event));
      ExpectSameDecision(record.decision(), decision);
      // Nothing that the .proto files do not name, and no other form of what
      // they do.
      EXPECT_EQ(record.SerializeAsString(), bytes);
    }
  }
}

TEST(RecordProtoTest, KindsHaveTheNumbersOfTheModel) {
  const google::protobuf::Descriptor& type = *storage::Event::descriptor();
  EXPECT_EQ(type.oneof_decl(0)->field_count(), kKindCount - 1);
  for (int kind = 1; kind < kKindCount; ++kind) {
    const google::protobuf::FieldDescriptor* field =
        type.FindFieldByNumber(kBodyFieldBase + kind);
    ASSERT_NE(field, nullptr);
    EXPECT_EQ(field->name(), KindName(kind));
  }
}

}  // namespace
}  // namespace tally
