#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kSegregated = {.scheme = "x", .model = Model::kSegregated};
constexpr ClaimName kMassBalance = {.scheme = "x",
                                    .model = Model::kMassBalance};

class ShipTest : public RulesFixture {
 protected:
  ShipTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {},
                             "BOOK_AND_CLAIM": {}},
                  "downgrades": [["SEGREGATED", "MASS_BALANCE"]],
                  "confirm_within_days": 10})");
    AddScheme(R"({"scheme": "quick", "certificate": {"required": false},
                  "models": {"MASS_BALANCE": {}}, "confirm_within_days": 3})");
    AddParty("maker", {Role::kOperator});
    AddParty("buyer", {Role::kOperator});
    AddSite("a", "maker");
    AddSite("b", "buyer");
    AddProduct("oil", 0);
    Enter("100", kSegregated, "L1");
    Enter("50", kMassBalance);
    Enter("20", Claim("quick", Model::kMassBalance));
  }
  void Enter(std::string_view quantity, ClaimName claim,
             std::string_view lot = {}) {
    Given("2025-01-10", Receive{.site = "a",
                                .product = "oil",
                                .quantity = Dec(quantity),
                                .claim = claim,
                                .supplier = "farm",
                                .lot = lot});
  }
  Code ShipLines(std::initializer_list<ShipLine> lines,
                 std::string_view shipment = "S1") {
    return Post("2025-01-11", Ship{.shipment = shipment,
                                   .from_site = "a",
                                   .to_site = "b",
                                   .lines = List<ShipLine>(lines)});
  }
  const Shipment& shipment(std::string_view name = "S1") const {
    return state().shipments().at(state().shipments().Find(name));
  }
};

TEST_F(ShipTest, IsInTransitUntilItIsConfirmed) {
  ASSERT_EQ(
      ShipLines(
          {{.product = "oil", .quantity = Dec("30"), .claim = kMassBalance}}),
      Code::kAccepted);
  EXPECT_EQ(shipment().state, ShipmentState::kInTransit);
  EXPECT_EQ(shipment().last_day, Day("2025-01-21"));
  EXPECT_EQ(Balance("a", "oil", kMassBalance), "20");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kInTransit), 30);
}

TEST_F(ShipTest, TheEarliestLastDayOfItsLinesCounts) {
  ASSERT_EQ(
      ShipLines(
          {{.product = "oil", .quantity = Dec("1"), .claim = kMassBalance},
           {.product = "oil",
            .quantity = Dec("1"),
            .claim = Claim("quick", Model::kMassBalance)}}),
      Code::kAccepted);
  EXPECT_EQ(shipment().last_day, Day("2025-01-14"));
}

TEST_F(ShipTest, OutsideTheLedgerItIsConsumed) {
  Given("2025-01-11", Ship{.shipment = "S1",
                           .from_site = "a",
                           .to_external = "shop",
                           .lines = List<ShipLine>({{.product = "oil",
                                                     .quantity = Dec("30"),
                                                     .claim = kMassBalance}})});
  EXPECT_EQ(shipment().state, ShipmentState::kAccepted);
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kConsumed), 30);
}

TEST_F(ShipTest, SoldUnderALessStrictModelALotEnds) {
  ASSERT_EQ(ShipLines({{.product = "oil",
                        .quantity = Dec("40"),
                        .claim = kSegregated,
                        .lot = "L1",
                        .as_model = Model::kMassBalance}}),
            Code::kAccepted);
  EXPECT_EQ(Balance("a", "oil", kSegregated, "L1"), "60");
  EXPECT_EQ(Balance("a", "oil", kMassBalance), "50");
  EXPECT_FALSE(shipment().lines.front().lot.valid());
  EXPECT_EQ(shipment().lines.front().claim,
            ClaimOf(SchemeIndex(0), Model::kMassBalance));
}

TEST_F(ShipTest, NothingIsSoldUnderAStricterModel) {
  EXPECT_EQ(ShipLines({{.product = "oil",
                        .quantity = Dec("1"),
                        .claim = kMassBalance,
                        .as_model = Model::kSegregated}}),
            Code::kModelUpgrade);
  EXPECT_EQ(ShipLines({{.product = "oil",
                        .quantity = Dec("1"),
                        .claim = kMassBalance,
                        .as_model = Model::kBookAndClaim}}),
            Code::kModelUpgrade);
}

TEST_F(ShipTest, TheCertifiedPartOfALineIsRoundedUp) {
  ShipLine line = {
      .product = "oil", .quantity = Dec("10"), .claim = kMassBalance};
  line.claims_share = Dec("33");
  ASSERT_EQ(ShipLines({line}), Code::kAccepted);
  EXPECT_EQ(Balance("a", "oil", kMassBalance), "46");
  EXPECT_EQ(Balance("a", "oil"), "-6");
}

TEST_F(ShipTest, LinesDrawOneAfterTheOther) {
  const ShipLine line = {
      .product = "oil", .quantity = Dec("26"), .claim = kMassBalance};
  EXPECT_EQ(ShipLines({line, line}), Code::kInsufficient);
  EXPECT_EQ(FigureOf("available"), "24");
}

TEST_F(ShipTest, AShipmentHasANameOfItsOwn) {
  const ShipLine line = {
      .product = "oil", .quantity = Dec("1"), .claim = kMassBalance};
  ASSERT_EQ(ShipLines({line}), Code::kAccepted);
  EXPECT_EQ(ShipLines({line}), Code::kAlreadyExists);
}

}  // namespace
}  // namespace tally
