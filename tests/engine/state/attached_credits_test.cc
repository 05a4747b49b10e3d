#include "engine/state/attached_credits.h"

#include "gtest/gtest.h"

namespace tally {
namespace {

TEST(AttachedCreditsTest, AddsUpByShipmentSchemeAndProduct) {
  const AttachKey key{ShipmentIndex(0), SchemeIndex(0), ProductIndex(0)};
  const AttachKey other{ShipmentIndex(0), SchemeIndex(0), ProductIndex(1)};
  AttachedCredits attached;
  attached.Attach({key, Quantity(250)});
  attached.Attach({key, Quantity(1)});
  attached.Attach({other, Quantity(9)});
  EXPECT_EQ(attached.To(key), 251);
  attached.Detach({key, Quantity(1)});
  EXPECT_EQ(attached.To(key), 250);
  attached.Detach({key, Quantity(250)});
  EXPECT_EQ(attached.To(key), 0);
  EXPECT_EQ(attached.To(other), 9);
}

}  // namespace
}  // namespace tally
