#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kClaim = {.scheme = "x", .model = Model::kMassBalance};
constexpr ClaimName kOther = {.scheme = "y", .model = Model::kMassBalance};
constexpr ClaimName kSegregated = {.scheme = "x", .model = Model::kSegregated};

// What a holding that lacks something answers, and what it says would help.
class ShortfallTest : public RulesFixture {
 protected:
  ShortfallTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "models": {"MASS_BALANCE": {}, "SEGREGATED": {},
                             "BOOK_AND_CLAIM": {}}})");
    AddScheme(R"({"scheme": "y", "certificate": {"required": false},
                  "models": {"MASS_BALANCE": {}}})");
    AddParty("mill-co", {Role::kOperator});
    AddParty("maker", {Role::kOperator});
    AddSite("mill", "mill-co");
    AddSite("plant", "maker");
    AddProduct("oil", 3);
  }

  void Bring(std::string_view site, std::string_view quantity,
             ClaimName claim = kClaim, std::string_view lot = {},
             std::string_view date = "2025-01-10") {
    Given(date, Receive{.site = site,
                        .product = "oil",
                        .quantity = Dec(quantity),
                        .claim = claim,
                        .supplier = "farm",
                        .lot = lot});
  }
  Code ShipFrom(std::string_view site, std::string_view shipment,
                std::string_view quantity, std::string_view date,
                ClaimName claim = kClaim, std::string_view lot = {}) {
    return Post(date, Ship{.shipment = shipment,
                           .from_site = site,
                           .to_site = site == "mill" ? "plant" : "mill",
                           .lines = List<ShipLine>({{.product = "oil",
                                                     .quantity = Dec(quantity),
                                                     .claim = claim,
                                                     .lot = lot}})});
  }
  bool Says(std::string_view text) const {
    return refusal().message.find(text) != std::string::npos;
  }
};

TEST_F(ShortfallTest, SaysWhatWasAskedAndWhatIsThere) {
  Bring("plant", "40");
  EXPECT_EQ(ShipFrom("plant", "S1", "41", "2025-01-11"), Code::kInsufficient);
  EXPECT_EQ(refusal().rule, "R02");
  EXPECT_EQ(FigureOf("asked"), "41.000");
  EXPECT_EQ(FigureOf("available"), "40.000");
  EXPECT_EQ(FigureOf("missing"), "1.000");
  EXPECT_TRUE(Says("available 40.000")) << refusal().message;
  EXPECT_FALSE(Says("accepted")) << refusal().message;
  EXPECT_EQ(ShipFrom("plant", "S1", "40", "2025-01-11"), Code::kAccepted);
}

TEST_F(ShortfallTest, NamesTheShipmentThatWouldHelp) {
  Bring("plant", "40");
  Bring("mill", "1");
  ASSERT_EQ(ShipFrom("mill", "S-17", "1", "2025-01-11"), Code::kAccepted);
  EXPECT_EQ(ShipFrom("plant", "S1", "41", "2025-01-12"), Code::kInsufficient);
  EXPECT_TRUE(
      Says("1.000 more becomes available when shipment \"S-17\" is "
           "accepted"))
      << refusal().message;
  EXPECT_EQ(FigureOf("in_transit"), "1.000");
  Given("2025-01-12", Accept{.shipment = "S-17"});
  EXPECT_EQ(ShipFrom("plant", "S1", "41", "2025-01-12"), Code::kAccepted);
}

TEST_F(ShortfallTest, ShipmentsThatWouldNotHelpAreNotNamed) {
  Bring("plant", "40");
  Bring("mill", "5", kOther);
  Bring("mill", "5", kSegregated);
  ASSERT_EQ(ShipFrom("mill", "S-1", "5", "2025-01-11", kOther),
            Code::kAccepted);
  ASSERT_EQ(ShipFrom("mill", "S-2", "5", "2025-01-11", kSegregated),
            Code::kAccepted);
  // The sender lacks it too, and learns nothing of what the receiver has.
  EXPECT_EQ(ShipFrom("plant", "S1", "41", "2025-01-12"), Code::kInsufficient);
  EXPECT_FALSE(Says("accepted")) << refusal().message;
  EXPECT_EQ(ShipFrom("mill", "S2", "1", "2025-01-12", kOther),
            Code::kInsufficient);
  EXPECT_FALSE(Says("S-1")) << refusal().message;
}

TEST_F(ShortfallTest, SaysFromWhenTheStockBearsIt) {
  Bring("plant", "40");
  Bring("plant", "5", kClaim, {}, "2025-01-20");
  EXPECT_EQ(ShipFrom("plant", "S1", "41", "2025-01-12"), Code::kInsufficient);
  EXPECT_EQ(FigureOf("available_from"), "2025-01-20");
  EXPECT_EQ(ShipFrom("plant", "S1", "41", "2025-01-20"), Code::kAccepted);
}

TEST_F(ShortfallTest, ALaterDayThatLacksItIsNotProposed) {
  Bring("plant", "40");
  Bring("plant", "5", kClaim, {}, "2025-01-20");
  ASSERT_EQ(ShipFrom("plant", "S1", "10", "2025-01-25"), Code::kAccepted);
  EXPECT_EQ(ShipFrom("plant", "S2", "41", "2025-01-12"), Code::kInsufficient);
  EXPECT_EQ(FigureOf("available"), "35.000");
  EXPECT_EQ(FigureOf("available_from"), "");
}

TEST_F(ShortfallTest, ALotThatCameLaterIsOutOfOrder) {
  Bring("plant", "5", kSegregated, "L1", "2025-01-20");
  EXPECT_EQ(ShipFrom("plant", "S1", "5", "2025-01-19", kSegregated, "L1"),
            Code::kTimeOrder);
  EXPECT_EQ(FigureOf("available_from"), "2025-01-20");
  EXPECT_EQ(ShipFrom("plant", "S1", "5", "2025-01-20", kSegregated, "L1"),
            Code::kAccepted);
}

TEST_F(ShortfallTest, ALotIsDrawnUntilExhausted) {
  Bring("plant", "5", kSegregated, "L1");
  EXPECT_EQ(ShipFrom("plant", "S1", "6", "2025-01-11", kSegregated, "L1"),
            Code::kInsufficient);
  ASSERT_EQ(ShipFrom("plant", "S1", "5", "2025-01-11", kSegregated, "L1"),
            Code::kAccepted);
  EXPECT_EQ(ShipFrom("plant", "S2", "0.001", "2025-01-11", kSegregated, "L1"),
            Code::kDocExhausted);
  EXPECT_EQ(refusal().rule, "R35");
}

TEST_F(ShortfallTest, WhatWasBookedAsCreditsIsIssuedOnce) {
  Bring("plant", "10");
  Given("2025-01-11", IssueCredits{.site = "plant",
                                   .product = "oil",
                                   .scheme = "x",
                                   .quantity = Dec("4"),
                                   .vintage = "2025",
                                   .block = "B1"});
  EXPECT_EQ(ShipFrom("plant", "S1", "10", "2025-01-12"), Code::kDoubleIssue);
  EXPECT_TRUE(Says("booked as credits")) << refusal().message;
  // More is missing than was booked.
  EXPECT_EQ(ShipFrom("plant", "S1", "10.001", "2025-01-12"),
            Code::kInsufficient);
}

TEST_F(ShortfallTest, WhatLeftUnderAnotherSchemeIsNotThere) {
  Given("2025-01-10", Receive{.site = "plant",
                              .product = "oil",
                              .quantity = Dec("10"),
                              .claim = kClaim,
                              .also = List<ClaimName>({kOther}),
                              .supplier = "farm"});
  ASSERT_EQ(ShipFrom("plant", "S1", "6", "2025-01-11", kOther),
            Code::kAccepted);
  EXPECT_EQ(ShipFrom("plant", "S2", "5", "2025-01-11"), Code::kDoubleScheme);
  EXPECT_EQ(refusal().rule, "R25");
  EXPECT_EQ(ShipFrom("plant", "S2", "11", "2025-01-11"), Code::kInsufficient);
  EXPECT_EQ(ShipFrom("plant", "S2", "4", "2025-01-11"), Code::kAccepted);
}

}  // namespace
}  // namespace tally
