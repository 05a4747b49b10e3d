#include "services/authoring/write.h"

#include "gtest/gtest.h"
#include "services/authoring/read.h"
#include "tallystick/v1/event.pb.h"
#include "tallystick/v1/ledger_service.pb.h"
#include "tests/services/every_kind.h"

namespace tally::authoring {
namespace {

using nlohmann::json;
using tallystick::v1::Event;

TEST(WriteTest, GivesBackEveryKindAsItWasRead) {
  for (const json& in : EveryKind()) {
    Event event;
    const auto problems = Read(in, &event);
    ASSERT_TRUE(problems.empty()) << problems[0].ToString();
    EXPECT_EQ(json(Write(event)), in);
  }
}

TEST(WriteTest, KeepsTheOrderOfTheFields) {
  Event event;
  event.mutable_reject()->set_reason("wet");
  event.mutable_reject()->set_shipment("S1");
  event.set_actor("cb");
  EXPECT_EQ(Write(event).dump(),
            R"({"actor":"cb","reject":{"shipment":"S1","reason":"wet"}})");
}

TEST(WriteTest, WritesMidnightAsADate) {
  Event event;
  event.mutable_occurred_at()->set_seconds(86'400);
  EXPECT_EQ(Write(event).dump(), R"({"occurred_at":"1970-01-02"})");
  event.mutable_occurred_at()->set_nanos(500'000'000);
  EXPECT_EQ(Write(event).dump(),
            R"({"occurred_at":"1970-01-02T00:00:00.500000Z"})");
}

TEST(WriteTest, ShowsWhatItDoesNotKnow) {
  Event event;
  event.mutable_define_scheme()->set_profile("{");
  event.mutable_define_scheme();
  EXPECT_EQ(Write(event).dump(), R"({"define_scheme":{"profile":"{"}})");
  event.mutable_downgrade()->set_to_model(
      static_cast<tallystick::v1::Model>(99));
  EXPECT_EQ(Write(event).dump(), R"({"downgrade":{"to_model":"99"}})");
}

TEST(WriteTest, WritesOtherMessagesToo) {
  tallystick::v1::ListEventsRequest request;
  request.set_to_position(0);
  request.add_kinds(tallystick::v1::EVENT_KIND_SHIP);
  EXPECT_EQ(Write(request).dump(), R"({"to_position":0,"kinds":["SHIP"]})");
}

}  // namespace
}  // namespace tally::authoring
