#include "engine/state/shipments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr SiteIndex kMill(0);
constexpr SiteIndex kDepot(1);

Date Day(int day) { return Date::FromCivil(2025, 3, day); }

Shipment Sent(Date last_day) {
  Shipment shipment{.from = kMill, .to = kDepot, .last_day = last_day};
  shipment.lines.resize(1);
  return shipment;
}

const std::vector<Quantity> kNothing = {Quantity(0)};
const std::vector<Quantity> kSome = {Quantity(5)};

TEST(ShipmentsTest, AreListedOnBothSides) {
  Shipments shipments;
  const ShipmentIndex inside = shipments.Add("S1", Sent(Date::Max()));
  const ShipmentIndex outside =
      shipments.Add("S2", {.from = kMill, .state = ShipmentState::kAccepted});
  EXPECT_EQ(shipments.Find("S2"), outside);
  EXPECT_THAT(shipments.From(kMill), ElementsAre(inside, outside));
  EXPECT_THAT(shipments.To(kDepot), ElementsAre(inside));
  EXPECT_THAT(shipments.To(kMill), IsEmpty());
  shipments.RemoveLast();
  EXPECT_THAT(shipments.From(kMill), ElementsAre(inside));
  EXPECT_FALSE(shipments.Find("S2").valid());
}

TEST(ShipmentsTest, TheOneThatIsLongestOverdueComesFirst) {
  Shipments shipments;
  const ShipmentIndex later = shipments.Add("S1", Sent(Day(20)));
  const ShipmentIndex sooner = shipments.Add("S2", Sent(Day(10)));
  shipments.Add("S3", Sent(Date::Max()));
  EXPECT_FALSE(shipments.Overdue(Day(10)).valid());
  EXPECT_EQ(shipments.Overdue(Day(11)), sooner);
  shipments.SetState(sooner, ShipmentState::kAccepted, kSome);
  EXPECT_EQ(shipments.at(sooner).lines[0].accepted, Quantity(5));
  EXPECT_FALSE(shipments.Overdue(Day(20)).valid());
  EXPECT_EQ(shipments.Overdue(Day(21)), later);
  // Taken back, it is due again.
  shipments.SetState(sooner, ShipmentState::kInTransit, kNothing);
  EXPECT_EQ(shipments.Overdue(Day(21)), sooner);
  EXPECT_EQ(shipments.at(sooner).lines[0].accepted, Quantity(0));
}

TEST(ShipmentsTest, WhatIsTakenBackIsNotDue) {
  Shipments shipments;
  shipments.Add("S1", Sent(Day(10)));
  shipments.RemoveLast();
  EXPECT_FALSE(shipments.Overdue(Day(31)).valid());
}

}  // namespace
}  // namespace tally
