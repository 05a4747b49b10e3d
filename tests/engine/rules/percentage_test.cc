#include "engine/rules/percentage.h"

#include <gtest/gtest.h>

#include "engine/rules/passage.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kClaim = {.scheme = "x", .model = Model::kMassBalance};

class PercentageTest : public RulesFixture {
 protected:
  PercentageTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
        "models": {"MASS_BALANCE": {"method": "PERCENTAGE", "scope": "PARTY",
                                    "window_months": 2,
                                    "label_threshold_pct": "40"},
                   "SEGREGATED": {}},
        "downgrades": [["SEGREGATED", "MASS_BALANCE"]],
        "citations": {"R12": "9.2"}})");
    AddScheme(R"({"scheme": "mean", "certificate": {"required": false},
        "models": {"MASS_BALANCE": {"method": "PERCENTAGE",
                                    "average": "MEAN_OF_RATIOS"}}})");
    AddParty("maker", {Role::kOperator});
    AddParty("buyer", {Role::kOperator});
    AddSite("a", "maker");
    AddSite("a2", "maker");
    AddSite("b", "buyer");
    AddProduct("oil", 0);
  }

  void Enter(std::string_view date, std::string_view quantity,
             ClaimName claim = {}) {
    Given(date, Receive{.site = "a",
                        .product = "oil",
                        .quantity = Dec(quantity),
                        .claim = claim,
                        .supplier = "mill"});
  }
  Code ShipLines(std::string_view date, std::string_view shipment,
                 std::initializer_list<ShipLine> lines,
                 std::string_view to = "b") {
    return Post(date, Ship{.shipment = shipment,
                           .from_site = "a",
                           .to_site = to,
                           .lines = List<ShipLine>(lines)});
  }
  static ShipLine Line(std::string_view quantity, ClaimName claim = {}) {
    return {.product = "oil", .quantity = Dec(quantity), .claim = claim};
  }
  // Of the input, on a date.
  std::string PercentOn(std::string_view date, std::string_view scheme = "x") {
    const Registry& registry = state().registry();
    const FlowKey key = FlowKeyOf(
        state(), state().schemes().Find(scheme), registry.site_names.Find("a"),
        registry.product_names.Find("oil"), Day(date));
    return PercentageOn(state(), key, Day(date)).share.ToPercent(2);
  }
};

TEST_F(PercentageTest, TheWindowIsWholeMonthsBackUpToTheDate) {
  Enter("2025-01-31", "100", kClaim);
  Enter("2025-02-10", "50", kClaim);
  Enter("2025-02-11", "50");
  EXPECT_EQ(PercentOn("2025-01-30"), "0");
  EXPECT_EQ(PercentOn("2025-01-31"), "100");
  EXPECT_EQ(PercentOn("2025-02-10"), "100");
  EXPECT_EQ(PercentOn("2025-02-11"), "75");
  EXPECT_EQ(PercentOn("2025-03-31"), "50");
  EXPECT_EQ(PercentOn("2025-04-01"), "0");
}

TEST_F(PercentageTest, TheMeanLeavesMonthsWithoutInputOut) {
  const ClaimName mean = Claim("mean", Model::kMassBalance);
  Enter("2025-01-10", "1", mean);
  Enter("2025-01-10", "1");
  Enter("2025-04-10", "1000", mean);
  EXPECT_EQ(PercentOn("2025-04-30", "mean"), "75");
}

TEST_F(PercentageTest, CountsWhatLeavesWithThisEvent) {
  Enter("2025-01-10", "50", kClaim);
  Enter("2025-01-10", "50");
  EXPECT_EQ(ShipLines("2025-01-11", "S1", {Line("10", kClaim), Line("9")}),
            Code::kOverInputPct);
  EXPECT_EQ(refusal().rule, "R12");
  EXPECT_EQ(refusal().citation, "9.2");
  EXPECT_EQ(FigureOf("claimed_out"), "10");
  EXPECT_EQ(FigureOf("all_out"), "19");
  EXPECT_EQ(FigureOf("percentage"), "50");
  EXPECT_EQ(ShipLines("2025-01-11", "S1", {Line("10", kClaim), Line("10")}),
            Code::kAccepted);
  EXPECT_EQ(ShipLines("2025-01-11", "S2", {Line("1", kClaim)}),
            Code::kOverInputPct);
}

TEST_F(PercentageTest, WhatComesBackNoLongerCounts) {
  Enter("2025-01-10", "50", kClaim);
  Enter("2025-01-10", "50");
  ASSERT_EQ(ShipLines("2025-01-11", "S1", {Line("20")}), Code::kAccepted);
  ASSERT_EQ(ShipLines("2025-01-11", "S2", {Line("20", kClaim)}),
            Code::kAccepted);
  Given("2025-01-12", Reject{.shipment = "S2", .reason = "late"});
  EXPECT_EQ(ShipLines("2025-01-12", "S3", {Line("20", kClaim)}),
            Code::kAccepted);
  EXPECT_EQ(ShipLines("2025-01-12", "S4", {Line("1", kClaim)}),
            Code::kOverInputPct);
}

TEST_F(PercentageTest, AnEarlierDateSeesNoLaterInput) {
  Enter("2025-01-10", "50", kClaim);
  Enter("2025-01-10", "50");
  Enter("2025-01-20", "900", kClaim);
  EXPECT_EQ(ShipLines("2025-01-19", "S1", {Line("10", kClaim)}),
            Code::kOverInputPct);
  EXPECT_EQ(ShipLines("2025-01-20", "S1", {Line("95", kClaim), Line("5")}),
            Code::kAccepted);
}

TEST_F(PercentageTest, APercentageAddsNoVolume) {
  Enter("2025-01-10", "50", kClaim);
  EXPECT_EQ(ShipLines("2025-01-11", "S1", {Line("51", kClaim)}),
            Code::kInsufficient);
}

TEST_F(PercentageTest, AStatedShareLiesBetweenThresholdAndPercentage) {
  Enter("2025-01-10", "2", kClaim);
  Enter("2025-01-10", "1");
  const auto ship = [&](std::string_view share) {
    ShipLine line = Line("1", kClaim);
    line.claims_share = Dec(share);
    return ShipLines("2025-01-11", "S1", {line});
  };
  EXPECT_EQ(ship("66.666667"), Code::kOverInputPct);
  EXPECT_EQ(FigureOf("percentage"), "66.666666666");
  EXPECT_EQ(ship("39.9"), Code::kBelowThreshold);
  EXPECT_EQ(refusal().rule, "R14");
  EXPECT_EQ(ship("66.666666"), Code::kAccepted);
  EXPECT_EQ(Balance("a", "oil", kClaim), "1");
}

TEST_F(PercentageTest, WhatMovesInsideTheScopeNeitherEntersNorLeaves) {
  Enter("2025-01-10", "50", kClaim);
  Enter("2025-01-10", "50");
  ASSERT_EQ(ShipLines("2025-01-11", "S1", {Line("50")}, "a2"), Code::kAccepted);
  Given("2025-01-12", Accept{.shipment = "S1"});
  EXPECT_EQ(PercentOn("2025-01-12"), "50");
  EXPECT_EQ(ShipLines("2025-01-12", "S2", {Line("10", kClaim)}),
            Code::kOverInputPct);
}

TEST_F(PercentageTest, ADowngradeIsNoInput) {
  Enter("2025-01-10", "50", Claim("x", Model::kSegregated));
  Enter("2025-01-10", "50");
  Given("2025-01-10", Downgrade{.site = "a",
                                .product = "oil",
                                .quantity = Dec("50"),
                                .claim = Claim("x", Model::kSegregated),
                                .to_model = Model::kMassBalance});
  EXPECT_EQ(PercentOn("2025-01-10"), "0");
}

TEST_F(PercentageTest, OnlySchemesWithThePercentageAreCounted) {
  Enter("2025-01-10", "50", kClaim);
  EXPECT_EQ(plan().flow_changes.size(), 2);
  AddScheme(R"({"scheme": "credit", "certificate": {"required": false},
                "models": {"MASS_BALANCE": {}}})");
  Enter("2025-01-10", "50", Claim("credit", Model::kMassBalance));
  EXPECT_EQ(plan().flow_changes.size(), 2);
  EXPECT_EQ(PercentOn("2025-01-10"), "50");
}

}  // namespace
}  // namespace tally
