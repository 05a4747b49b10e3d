#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kSegregated = {.scheme = "x", .model = Model::kSegregated};
constexpr ClaimName kMassBalance = {.scheme = "x",
                                    .model = Model::kMassBalance};

class AcceptTest : public RulesFixture {
 protected:
  AcceptTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {}}})");
    AddScheme(R"({"scheme": "y", "certificate": {"required": false},
                  "models": {"MASS_BALANCE": {}},
                  "recognises": [{"scheme": "x", "products": ["*"],
                                  "models": ["SEGREGATED"],
                                  "as_model": "MASS_BALANCE"}]})");
    AddParty("maker", {Role::kOperator});
    AddParty("buyer", {Role::kOperator});
    AddSite("a", "maker");
    AddSite("b", "buyer");
    AddProduct("oil", 0);
    AddProduct("fat", 0);
    for (const std::string_view lot : {"L1", "L2"}) {
      Given("2025-01-10", Receive{.site = "a",
                                  .product = "oil",
                                  .quantity = Dec("100"),
                                  .claim = kSegregated,
                                  .supplier = "farm",
                                  .lot = lot});
    }
    Given("2025-01-10", Receive{.site = "a",
                                .product = "fat",
                                .quantity = Dec("100"),
                                .claim = kMassBalance,
                                .supplier = "farm"});
  }
  void ShipLots() {
    Given("2025-01-11", Ship{.shipment = "S1",
                             .from_site = "a",
                             .to_site = "b",
                             .lines = List<ShipLine>({{.product = "oil",
                                                       .quantity = Dec("30"),
                                                       .claim = kSegregated,
                                                       .lot = "L1"},
                                                      {.product = "oil",
                                                       .quantity = Dec("20"),
                                                       .claim = kSegregated,
                                                       .lot = "L2"}})});
  }
  ShipmentState StateOf(std::string_view name) const {
    return state().shipments().at(state().shipments().Find(name)).state;
  }
};

TEST_F(AcceptTest, TakesEverythingAsItWasShipped) {
  ShipLots();
  Given("2025-01-12", Accept{.shipment = "S1"});
  EXPECT_EQ(StateOf("S1"), ShipmentState::kAccepted);
  EXPECT_EQ(Balance("b", "oil", kSegregated, "L1"), "30");
  EXPECT_EQ(Balance("b", "oil", kSegregated, "L2"), "20");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kInTransit), 0);
}

TEST_F(AcceptTest, AShortfallIsTheSendersLoss) {
  ShipLots();
  Given("2025-01-12", Accept{.shipment = "S1",
                             .lines = List<AcceptLine>(
                                 {{.product = "oil", .quantity = Dec("45")}}),
                             .reason = "spilt"});
  EXPECT_EQ(StateOf("S1"), ShipmentState::kPartlyAccepted);
  EXPECT_EQ(Balance("b", "oil", kSegregated, "L1"), "30");
  EXPECT_EQ(Balance("b", "oil", kSegregated, "L2"), "15");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kLoss), 5);
}

TEST_F(AcceptTest, NoMoreArrivesThanWasShipped) {
  ShipLots();
  EXPECT_EQ(Post("2025-01-12",
                 Accept{.shipment = "S1",
                        .lines = List<AcceptLine>(
                            {{.product = "oil", .quantity = Dec("51")}})}),
            Code::kShipmentQuantity);
  EXPECT_EQ(FigureOf("excess"), "1");
}

TEST_F(AcceptTest, BecomesOneLotOfItsParents) {
  ShipLots();
  Given("2025-01-12", Accept{.shipment = "S1", .lot = "L9"});
  const Lot& lot = state().lots().at(state().lots().Find("L9"));
  EXPECT_EQ(lot.made, Quantity(50));
  ASSERT_EQ(lot.parents.size(), 2);
  EXPECT_EQ(lot.parents[0].lot, state().lots().Find("L1"));
  EXPECT_EQ(lot.parents[1].quantity, Quantity(20));
  EXPECT_EQ(lot.source, "farm");
  EXPECT_EQ(Balance("b", "oil", kSegregated, "L9"), "50");
  EXPECT_EQ(Balance("b", "oil", kSegregated, "L1"), "0");
}

TEST_F(AcceptTest, OneLotIsOfOneProduct) {
  Given("2025-01-11", Ship{.shipment = "S1",
                           .from_site = "a",
                           .to_site = "b",
                           .lines = List<ShipLine>({{.product = "oil",
                                                     .quantity = Dec("1"),
                                                     .claim = kSegregated,
                                                     .lot = "L1"},
                                                    {.product = "fat",
                                                     .quantity = Dec("1"),
                                                     .claim = kMassBalance}})});
  EXPECT_EQ(Post("2025-01-12", Accept{.shipment = "S1", .lot = "L9"}),
            Code::kInvalidArgument);
}

TEST_F(AcceptTest, ARecognitionChangesTheScheme) {
  ShipLots();
  Given("2025-01-12", Accept{.shipment = "S1", .as_scheme = "y"});
  EXPECT_EQ(Balance("b", "oil", Claim("y", Model::kMassBalance)), "50");
}

TEST_F(AcceptTest, WhatIsNotRecognisedStaysOut) {
  Given("2025-01-11", Ship{.shipment = "S1",
                           .from_site = "a",
                           .to_site = "b",
                           .lines = List<ShipLine>({{.product = "fat",
                                                     .quantity = Dec("1"),
                                                     .claim = kMassBalance}})});
  EXPECT_EQ(Post("2025-01-12", Accept{.shipment = "S1", .as_scheme = "y"}),
            Code::kNotRecognised);
}

TEST_F(AcceptTest, OnceAndNotBeforeItLeft) {
  ShipLots();
  EXPECT_EQ(Post("2025-01-10", Accept{.shipment = "S1"}), Code::kTimeOrder);
  EXPECT_EQ(Post("2025-01-12", Accept{.shipment = "S2"}),
            Code::kUnknownShipment);
  Given("2025-01-12", Accept{.shipment = "S1"});
  EXPECT_EQ(Post("2025-01-12", Accept{.shipment = "S1"}), Code::kShipmentState);
  EXPECT_EQ(Post("2025-01-12", Reject{.shipment = "S1", .reason = "late"}),
            Code::kShipmentState);
}

TEST_F(AcceptTest, WhatIsSentBackIsTheSendersAsSold) {
  ShipLots();
  Given("2025-01-12", Reject{.shipment = "S1", .reason = "wet"});
  EXPECT_EQ(StateOf("S1"), ShipmentState::kRejected);
  EXPECT_EQ(Balance("a", "oil", kSegregated, "L1"), "100");
  EXPECT_EQ(Balance("a", "oil", kSegregated, "L2"), "100");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kInTransit), 0);
}

}  // namespace
}  // namespace tally
