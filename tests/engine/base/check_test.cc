#include "engine/base/check.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(CheckTest, PassesWhatHolds) { TALLY_CHECK(1 + 1 == 2); }

TEST(CheckDeathTest, AbortsAndNamesTheCondition) {
  EXPECT_DEATH(TALLY_CHECK(1 + 1 == 3), "check failed: 1 \\+ 1 == 3");
}

}  // namespace
}  // namespace tally
