// A state that is read from its snapshot goes on as the one that was written,
// whatever happened to it; and bytes that are no snapshot do no harm.

#include "engine/snapshot/state_codec.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/decide.h"
#include "engine/snapshot/snapshot_head.h"
#include "engine/state/effects.h"
#include "tests/engine/rules/random_events.h"
#include "tests/engine/rules/state_snapshot.h"

namespace tally {
namespace {

constexpr int kEvents = 400;

// What was answered to an event, in words.
std::string Said(const std::unique_ptr<Refusal>& refusal) {
  if (refusal == nullptr) return "accepted";
  return std::string(CodeName(refusal->code)) + ": " + refusal->message;
}

// Decides events on a state and keeps what voids look up.
class Side {
 public:
  std::string Post(const Event& event) {
    const auto* annul = std::get_if<const Void*>(&event.body);
    const auto target =
        annul == nullptr ? targets_.end() : targets_.find((*annul)->event);
    const std::unique_ptr<Refusal> refusal = Decide(
        state, event,
        {.position = position_,
         .recorded_at = event.occurred_at,
         .void_target = target == targets_.end() ? nullptr : &target->second},
        &plan_);
    if (refusal != nullptr) return Said(refusal);
    VoidTarget made{.position = position_};
    FindEffects(state, event.kind(), event.date(), plan_, &made.effects);
    targets_.insert_or_assign(event.id, std::move(made));
    state.Apply(plan_);
    ++position_;
    return Said(refusal);
  }
  const Decision& decision() const { return plan_.decision; }

  State state;

 private:
  Plan plan_;
  Position position_ = 0;
  std::map<Uuid, VoidTarget> targets_;
};

std::string Encode(const State& state) {
  const absl::StatusOr<std::string> bytes = EncodeState(state);
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  return bytes.value_or("");
}

class StateCodecTest : public testing::TestWithParam<uint32_t> {};

TEST_P(StateCodecTest, AStateReadFromItsSnapshotGoesOnAsItWas) {
  SCOPED_TRACE(testing::Message() << "seed " << GetParam());
  RandomEvents random(GetParam());
  std::vector<Event> events = random.World();
  for (int i = 0; i < kEvents; ++i) events.push_back(random.Next());
  Side whole;
  Side reloaded;
  for (const Event& event : events) {
    ASSERT_EQ(whole.Post(event), reloaded.Post(event));
    ASSERT_EQ(whole.decision(), reloaded.decision());

    const std::string bytes = Encode(reloaded.state);
    ASSERT_EQ(bytes, Encode(whole.state));
    Clear(&reloaded.state);
    const absl::Status read = DecodeState(bytes, &reloaded.state);
    ASSERT_TRUE(read.ok()) << read;

    ASSERT_EQ(Encode(reloaded.state), bytes);
  }
  EXPECT_EQ(SnapshotOf(reloaded.state), SnapshotOf(whole.state));
}

INSTANTIATE_TEST_SUITE_P(Seeds, StateCodecTest, testing::Range(1U, 6U));

// One zero for each count and each list of the tables. Where this changes, a
// table did: kSnapshotFormat then goes up.
TEST(StateCodec, TheFormatOfAnEmptyStateIsPinned) {
  static_assert(kSnapshotFormat == 1);
  constexpr size_t kCounts = 12;
  constexpr size_t kLists = 36;
  EXPECT_EQ(Encode(State()), std::string(kCounts + kLists, '\0'));
}

// What a plan leaves when it is taken back is no part of a snapshot.
TEST(StateCodec, WhatWasTakenBackIsNotInIt) {
  RandomEvents random(11);
  State state;
  Plan plan;
  Position position = 0;
  const auto decide = [&](const Event& event) {
    return Decide(state, event,
                  {.position = position, .recorded_at = event.occurred_at},
                  &plan) == nullptr;
  };
  std::vector<Event> events = random.World();
  for (int i = 0; i < kEvents; ++i) events.push_back(random.Next());
  for (const Event& event : events) {
    if (!decide(event)) continue;
    const std::string before = Encode(state);
    Undo undo;
    state.Apply(plan, &undo);
    state.Revert(plan, undo);
    ASSERT_EQ(Encode(state), before) << "event of kind " << event.kind();
    state.Apply(plan);
    ++position;
  }
}

class HostileBytesTest : public testing::Test {
 protected:
  HostileBytesTest() {
    RandomEvents random(3);
    Side side;
    for (const Event& event : random.World()) side.Post(event);
    for (int i = 0; i < 150; ++i) side.Post(random.Next());
    bytes_ = Encode(side.state);
  }

  // Whether it is a state; then it can be written, too.
  static bool Read(const std::string& bytes) {
    State state;
    const absl::Status read = DecodeState(bytes, &state);
    if (read.ok()) {
      Encode(state);
    } else {
      EXPECT_TRUE(absl::IsDataLoss(read)) << read;
    }
    return read.ok();
  }

  std::string bytes_;
};

TEST_F(HostileBytesTest, ASnapshotCutShortIsNone) {
  ASSERT_TRUE(Read(bytes_));
  for (size_t size = 0; size < bytes_.size(); size += 7) {
    EXPECT_FALSE(Read(bytes_.substr(0, size))) << size;
  }
}

TEST_F(HostileBytesTest, WhatFollowsASnapshotIsFound) {
  EXPECT_FALSE(Read(bytes_ + '\0'));
}

TEST_F(HostileBytesTest, WhateverStandsThereDoesNoHarm) {
  constexpr uint32_t kSeed = 7;
  RecordProperty("seed", static_cast<int>(kSeed));
  std::mt19937 random(kSeed);
  for (int i = 0; i < 3'000; ++i) {
    std::string bytes = bytes_;
    for (uint32_t changes = 1 + random() % 3; changes > 0; --changes) {
      const size_t at = random() % bytes.size();
      switch (random() % 3) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes.insert(at, 1 + random() % 4, static_cast<char>(random()));
          break;
        case 2:
          bytes.erase(at, 1 + random() % 4);
          break;
      }
    }
    Read(bytes);
  }
}

}  // namespace
}  // namespace tally
