#include "bench/client/pace.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace tally::bench {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

TEST(PaceTest, SpreadsCallsEvenly) {
  const Pace pace{.events_per_second = 4'000, .events_per_call = 1};

  EXPECT_EQ(pace.NanosOf(0), 0);
  EXPECT_EQ(pace.NanosOf(1), 250'000);
  EXPECT_EQ(pace.NanosOf(2), 500'000);
}

TEST(PaceTest, CountsEventsNotCalls) {
  const Pace pace{.events_per_second = 16'000, .events_per_call = 8'000};

  EXPECT_EQ(pace.NanosOf(1), kSecond / 2);
  EXPECT_EQ(pace.CallsIn(10 * kSecond), 20);
}

// A third of a nanosecond a call would be a second late after a day.
TEST(PaceTest, DoesNotDriftWhereTheIntervalIsNoWholeNanosecond) {
  const Pace pace{.events_per_second = 3'000'000, .events_per_call = 1};

  EXPECT_EQ(pace.NanosOf(3'000'000), kSecond);
  EXPECT_EQ(pace.NanosOf(int64_t{3'000'000} * 86'400), 86'400 * kSecond);
}

TEST(PaceTest, SendsWhatIsDueBeforeTheEndAndNothingAtIt) {
  const Pace pace{.events_per_second = 1'000, .events_per_call = 300};

  // Due at 0, 0.3, 0.6 and 0.9 seconds.
  EXPECT_EQ(pace.CallsIn(kSecond), 4);
  // Due at 0, 0.3 and 0.6 seconds; the one at 0.9 is not before the end.
  EXPECT_EQ(pace.CallsIn(kSecond * 9 / 10), 3);
}

}  // namespace
}  // namespace tally::bench
