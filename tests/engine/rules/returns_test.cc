// reject, recall and lapse: what was in transit goes back to where it left.

#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kClaim{.scheme = "x", .model = Model::kSegregated};
constexpr ClaimName kLess{.scheme = "x", .model = Model::kMassBalance};

class ReturnsTest : public RulesFixture {
 protected:
  ReturnsTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "confirm_within_days": 5,
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {}}})");
    AddParty("sender", {Role::kOperator});
    AddParty("buyer", {Role::kOperator});
    AddSite("a", "sender");
    AddSite("b", "buyer");
    AddProduct("oil", 0);
    Given("2025-01-01", Originate{.site = "a",
                                  .product = "oil",
                                  .quantity = Dec("10"),
                                  .claim = kClaim});
  }

  void Send(std::string_view shipment, std::optional<Model> as = {}) {
    Given("2025-01-10", Ship{.shipment = shipment,
                             .from_site = "a",
                             .to_site = "b",
                             .lines = List({ShipLine{.product = "oil",
                                                     .quantity = Dec("4"),
                                                     .claim = kClaim,
                                                     .as_model = as}})});
  }
};

TEST_F(ReturnsTest, ARecallBringsItBackWhereItLeft) {
  Send("S1");
  EXPECT_EQ(Balance("a", "oil", kClaim), "6");
  EXPECT_EQ(Post("2025-01-11", Recall{.shipment = "S1", .reason = "wrong"}),
            Code::kAccepted);
  EXPECT_EQ(Balance("a", "oil", kClaim), "10");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kInTransit), 0);
  EXPECT_EQ(Post("2025-01-12", Recall{.shipment = "S1", .reason = "again"}),
            Code::kShipmentState);
}

TEST_F(ReturnsTest, WhatWasSoldUnderALessStrictModelComesBackAsThat) {
  Send("S1", Model::kMassBalance);
  EXPECT_EQ(Post("2025-01-11", Reject{.shipment = "S1", .reason = "wet"}),
            Code::kAccepted);
  EXPECT_EQ(Balance("a", "oil", kClaim), "6");
  EXPECT_EQ(Balance("a", "oil", kLess), "4");
}

TEST_F(ReturnsTest, OnItsLastDayItIsStillConfirmedOrRefused) {
  Send("S1");
  Send("S2");
  EXPECT_EQ(Post("2025-01-15", Accept{.shipment = "S1"}), Code::kAccepted);
  EXPECT_EQ(Post("2025-01-15", Reject{.shipment = "S2", .reason = "wet"}),
            Code::kAccepted);
  EXPECT_EQ(Balance("a", "oil", kClaim), "6");
  EXPECT_EQ(Balance("b", "oil", kClaim), "4");
}

TEST_F(ReturnsTest, WhatIsOverdueIsNeitherConfirmedNorSentBack) {
  Send("S1");
  const Accept accept{.shipment = "S1"};
  const Reject reject{.shipment = "S1", .reason = "wet"};
  const Recall recall{.shipment = "S1", .reason = "late"};
  EXPECT_EQ(Post("2025-01-16", accept), Code::kNotConfirmed);
  EXPECT_EQ(Post("2025-01-16", reject), Code::kNotConfirmed);
  EXPECT_EQ(Post("2025-01-16", recall), Code::kNotConfirmed);
  EXPECT_EQ(refusal().rule, "R36");
  // The ledger itself posts that it lapsed; nobody else does.
  EXPECT_EQ(Post("2025-01-16", Lapse{.shipment = "S1"}),
            Code::kInvalidArgument);
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kInTransit), 4);
}

}  // namespace
}  // namespace tally
