#include "engine/base/clock.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(ManualClockTest, ShowsWhatItWasSetTo) {
  ManualClock clock;
  EXPECT_EQ(clock.Now(), Instant(0));
  clock.Set(Instant(5));
  EXPECT_EQ(clock.Now(), Instant(5));
  clock.Set(Instant(3));
  EXPECT_EQ(clock.Now(), Instant(3));
}

}  // namespace
}  // namespace tally
