#include "engine/state/holds.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(HoldsTest, OneThingOfEachSortIsHeldByItself) {
  Holds holds;
  holds.Set(HoldTarget(LotIndex(1)), true);
  EXPECT_TRUE(holds.Contains(HoldTarget(LotIndex(1))));
  EXPECT_FALSE(holds.Contains(HoldTarget(LotIndex(2))));
  EXPECT_FALSE(holds.Contains(HoldTarget(ShipmentIndex(1))));
  EXPECT_FALSE(holds.Contains(HoldTarget(BlockIndex(1))));
  holds.Set(HoldTarget(SiteIndex(1), ProductIndex(2)), true);
  EXPECT_TRUE(holds.Contains(HoldTarget(SiteIndex(1), ProductIndex(2))));
  EXPECT_FALSE(holds.Contains(HoldTarget(SiteIndex(2), ProductIndex(1))));

  holds.Set(HoldTarget(LotIndex(1)), false);
  EXPECT_FALSE(holds.Contains(HoldTarget(LotIndex(1))));
  // To free what is free changes nothing.
  holds.Set(HoldTarget(LotIndex(1)), false);
  EXPECT_TRUE(holds.Contains(HoldTarget(SiteIndex(1), ProductIndex(2))));
}

}  // namespace
}  // namespace tally
