#include "bench/workload/workload.h"

#include <map>
#include <set>
#include <string>

#include "bench/workload/wire_event.h"
#include "gtest/gtest.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

constexpr int kField = v1::PostEventsRequest::kEventsFieldNumber;

WorkloadOptions EveryKind() {
  WorkloadOptions options{.run = 5, .accounts = 900};
  options.mix = *ParseMix("chain");
  options.models =
      *ParseModels("mass_balance=5,segregated=3,identity_preserved=2");
  options.refused_per_mille = 50;
  options.replayed_per_mille = 50;
  return options;
}

TEST(WorkloadTest, IsTheSameForTheSameSeedAndLane) {
  const World world(EveryKind());
  Workload one(&world, 3);
  Workload same(&world, 3);
  Workload other(&world, 4);
  int different = 0;
  for (int i = 0; i < 1'000; ++i) {
    const Act act = one.Next();
    EXPECT_EQ(act.key, same.Next().key);
    different += act.key != other.Next().key ? 1 : 0;
  }
  EXPECT_EQ(different, 1'000);
}

TEST(WorkloadTest, HasTheSharesThatItIsToldTo) {
  const World world(EveryKind());
  Workload workload(&world, 0);
  std::map<Expected, int> expected;
  std::map<Kind, int> kinds;
  for (int i = 0; i < 20'000; ++i) {
    const Act act = workload.Next();
    ++expected[act.expected];
    if (act.expected == Expected::kAccepted) ++kinds[act.kind];
  }
  EXPECT_NEAR(expected[Expected::kRefused], 1'000, 200);
  EXPECT_NEAR(expected[Expected::kReplayed], 1'000, 200);
  EXPECT_EQ(kinds.size(), kKindCount);
  EXPECT_NEAR(kinds[Kind::kAccept], 18'000 * 20 / 100, 400);
}

// protobuf reads what was written without it.
TEST(WireEventTest, IsWhatProtobufReads) {
  const World world(EveryKind());
  Workload workload(&world, 1);
  std::set<int> kinds;
  for (int i = 0; i < 2'000; ++i) {
    const Act act = workload.Next();
    std::string bytes;
    AppendEvent(world, act, kField, &bytes);
    v1::PostEventsRequest request;
    ASSERT_TRUE(request.ParseFromString(bytes));
    ASSERT_EQ(request.events_size(), 1);
    const v1::Event& event = request.events(0);
    EXPECT_EQ(event.id(), EventId(act).view());
    EXPECT_EQ(event.document().size(), 26u);
    EXPECT_TRUE(event.GetReflection()->GetUnknownFields(event).empty());
    kinds.insert(event.kind_case());
    // In the order of the fields, as protobuf would write it.
    EXPECT_EQ(request.SerializeAsString(), bytes);
  }
  EXPECT_EQ(kinds.size(), kKindCount);
}

}  // namespace
}  // namespace tally::bench
