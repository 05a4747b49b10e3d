#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kClaim = {.scheme = "x", .model = Model::kMassBalance};

// R40: one entitlement an origin country.
class OriginMatchTest : public RulesFixture {
 protected:
  OriginMatchTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
        "models": {"MASS_BALANCE": {}, "SEGREGATED": {}},
        "downgrades": [["SEGREGATED", "MASS_BALANCE"]],
        "mixing": {"origin_match": true},
        "conversions": [{"process": "grind", "input": "beans",
            "outputs": [{"product": "mass", "factor": "1"}]}]})");
    AddParty("trader", {Role::kOperator});
    AddParty("maker", {Role::kOperator});
    AddSite("a", "trader");
    AddSite("b", "maker");
    AddProduct("beans", 0);
    AddProduct("mass", 0);
    Enter("10", "GH");
    Enter("5", "CI");
  }

  void Enter(std::string_view quantity, std::string_view country) {
    Given("2025-01-10", Receive{.site = "a",
                                .product = "beans",
                                .quantity = Dec(quantity),
                                .claim = kClaim,
                                .supplier = "coop",
                                .attributes = {.origin_country = country}});
  }
  static ShipLine Line(std::string_view quantity, std::string_view country) {
    return {.product = "beans",
            .quantity = Dec(quantity),
            .claim = kClaim,
            .attributes = {.origin_country = country}};
  }
  Code ShipOne(std::string_view shipment, const ShipLine& line,
               std::string_view date = "2025-01-11") {
    return Post(date, Ship{.shipment = shipment,
                           .from_site = "a",
                           .to_site = "b",
                           .lines = List<ShipLine>({line})});
  }
};

TEST_F(OriginMatchTest, AnotherCountrysEntitlementDoesNotHelp) {
  EXPECT_EQ(ShipOne("S1", Line("11", "GH")), Code::kOriginMismatch);
  EXPECT_EQ(refusal().rule, "R40");
  EXPECT_EQ(ShipOne("S1", Line("15", "GH")), Code::kOriginMismatch);
  EXPECT_EQ(ShipOne("S1", Line("16", "GH")), Code::kInsufficient);
  EXPECT_EQ(ShipOne("S1", Line("1", "BR")), Code::kOriginMismatch);
  EXPECT_EQ(ShipOne("S1", Line("10", "GH")), Code::kAccepted);
  EXPECT_EQ(ShipOne("S2", Line("1", "GH")), Code::kOriginMismatch);
  EXPECT_EQ(ShipOne("S2", Line("5", "CI")), Code::kAccepted);
}

TEST_F(OriginMatchTest, EntriesAndLinesStateTheirOrigin) {
  EXPECT_EQ(ShipOne("S1", Line("1", "")), Code::kInvalidArgument);
  EXPECT_EQ(refusal().violations.front().field,
            "ship.lines[0].attributes.origin_country");
  EXPECT_EQ(Post("2025-01-10", Receive{.site = "a",
                                       .product = "beans",
                                       .quantity = Dec("1"),
                                       .claim = kClaim,
                                       .supplier = "coop"}),
            Code::kInvalidArgument);
}

TEST_F(OriginMatchTest, ArrivesUnderTheOriginThatWasShipped) {
  ASSERT_EQ(ShipOne("S1", Line("10", "GH")), Code::kAccepted);
  Given("2025-01-12", Accept{.shipment = "S1"});
  const auto ship_on = [&](std::string_view country) {
    return Post("2025-01-13",
                Ship{.shipment = "S2",
                     .from_site = "b",
                     .to_external = "shop",
                     .lines = List<ShipLine>({Line("10", country)})});
  };
  EXPECT_EQ(ship_on("CI"), Code::kOriginMismatch);
  EXPECT_EQ(ship_on("GH"), Code::kAccepted);
}

TEST_F(OriginMatchTest, WhatComesBackIsUnderItsOriginAgain) {
  ASSERT_EQ(ShipOne("S1", Line("10", "GH")), Code::kAccepted);
  Given("2025-01-12", Reject{.shipment = "S1", .reason = "wet"});
  EXPECT_EQ(ShipOne("S2", Line("10", "GH"), "2025-01-12"), Code::kAccepted);
}

TEST_F(OriginMatchTest, ALotSoldAsMassBalanceBringsItsOrigin) {
  Given("2025-01-10", Receive{.site = "a",
                              .product = "beans",
                              .quantity = Dec("3"),
                              .claim = Claim("x", Model::kSegregated),
                              .supplier = "coop",
                              .lot = "L1",
                              .attributes = {.origin_country = "EC"}});
  EXPECT_EQ(ShipOne("S1", {.product = "beans",
                           .quantity = Dec("1"),
                           .claim = Claim("x", Model::kSegregated),
                           .lot = "L1",
                           .as_model = Model::kMassBalance}),
            Code::kAccepted);
  Given("2025-01-11", Downgrade{.site = "a",
                                .product = "beans",
                                .quantity = Dec("2"),
                                .claim = Claim("x", Model::kSegregated),
                                .lot = "L1",
                                .to_model = Model::kMassBalance});
  EXPECT_EQ(ShipOne("S2", Line("2", "EC")), Code::kAccepted);
}

TEST_F(OriginMatchTest, AProcessDrawsOnTheOriginOfItsOutputs) {
  const auto grind = [&](std::string_view quantity, std::string_view country) {
    return Post(
        "2025-01-11",
        Process{.site = "a",
                .process = "grind",
                .inputs = List<ProcessInput>({{.product = "beans",
                                               .quantity = Dec(quantity),
                                               .claim = kClaim}}),
                .outputs = List<ProcessOutput>(
                    {{.product = "mass",
                      .quantity = Dec(quantity),
                      .claim = kClaim,
                      .attributes = {.origin_country = country}}})});
  };
  EXPECT_EQ(grind("6", "CI"), Code::kOriginMismatch);
  EXPECT_EQ(grind("1", ""), Code::kInvalidArgument);
  EXPECT_EQ(grind("5", "CI"), Code::kAccepted);
  EXPECT_EQ(ShipOne("S1", Line("1", "CI")), Code::kOriginMismatch);
}

}  // namespace
}  // namespace tally
