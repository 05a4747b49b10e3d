#include "engine/state/periods.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

const PeriodKey kKey{ScopeIndex(1), PoolIndex(2), SchemeIndex(0)};

Period Days(int32_t first, int32_t last) {
  return {.days = {Date(first), Date(last)}};
}

TEST(PeriodsTest, ADayLiesInOnePeriodOrNone) {
  Periods periods;
  periods.Open(kKey, Days(10, 19));
  periods.Open(kKey, Days(20, 29));
  EXPECT_EQ(periods.At(kKey, Date(9)), nullptr);
  EXPECT_EQ(periods.At(kKey, Date(10))->days.first, Date(10));
  EXPECT_EQ(periods.At(kKey, Date(19))->days.first, Date(10));
  EXPECT_EQ(periods.At(kKey, Date(20))->days.first, Date(20));
  EXPECT_EQ(periods.At(kKey, Date(30)), nullptr);
  EXPECT_EQ(periods.At({ScopeIndex(0), PoolIndex(2), SchemeIndex(0)}, Date(10)),
            nullptr);
}

TEST(PeriodsTest, TheLastClosedIsBeforeTheOpenOnes) {
  Periods periods;
  periods.Open(kKey, Days(10, 19));
  periods.Open(kKey, Days(20, 29));
  EXPECT_EQ(periods.LastClosed(kKey), nullptr);
  Period closed = Days(10, 19);
  closed.state = PeriodState::kClosedDeficit;
  const Period before = periods.Replace(kKey, closed);
  EXPECT_EQ(before, Days(10, 19));
  ASSERT_NE(periods.LastClosed(kKey), nullptr);
  EXPECT_EQ(*periods.LastClosed(kKey), closed);
  periods.Replace(kKey, before);
  EXPECT_EQ(periods.LastClosed(kKey), nullptr);
}

TEST(PeriodsTest, AnAccountWithoutPeriodsIsForgotten) {
  Periods periods;
  periods.Open(kKey, Days(10, 19));
  ASSERT_EQ(periods.OfScope(ScopeIndex(1)).size(), 1u);
  periods.RemoveLast(kKey);
  EXPECT_TRUE(periods.OfScope(ScopeIndex(1)).empty());
  EXPECT_TRUE(periods.Of(kKey).empty());
}

}  // namespace
}  // namespace tally
