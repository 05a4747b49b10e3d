#include <gtest/gtest.h>

#include "tests/engine/rules/credits_fixture.h"

namespace tally {
namespace {

class DeclareClaimsTest : public CreditsFixture {
 protected:
  void SetUp() override {
    CreditsFixture::SetUp();
    AddCredits();
    Issued("2024-05-01", "B1", "100");
  }

  Code Declare(std::string_view quantity, std::string_view period = "2024") {
    return Post("2025-06-01", DeclareClaims{.party = "miller",
                                            .scheme = "bc",
                                            .product = "cpo",
                                            .quantity = Dec(quantity),
                                            .claim_period = period});
  }

  CoverFigures Cover(std::string_view period,
                     std::string_view as_at = "2199-12-31") const {
    const HolderKey key{state().registry().party_names.Find("miller"),
                        state().schemes().Find("bc"),
                        state().registry().product_names.Find("cpo")};
    return CoverOf(state(), key, *ParseDateRange(period), Day(as_at));
  }
};

TEST_F(DeclareClaimsTest, ClaimsBeyondRetirementsAreWarnedOf) {
  Given("2025-03-01", Redemption("miller", "30"));
  EXPECT_EQ(Declare("20"), Code::kAccepted);
  EXPECT_FALSE(Warned(Warning::kUncoveredClaim));
  EXPECT_EQ(Declare("10"), Code::kAccepted);
  EXPECT_FALSE(Warned(Warning::kUncoveredClaim));
  EXPECT_EQ(Declare("1"), Code::kAccepted);
  EXPECT_TRUE(Warned(Warning::kUncoveredClaim));
  EXPECT_TRUE(Cover("2024").claimed == 31);
  EXPECT_TRUE(Cover("2024").retired == 30);
  EXPECT_TRUE(Cover("2024").uncovered() == 1);
}

TEST_F(DeclareClaimsTest, CoverIsAskedAsAtADate) {
  Declare("20");
  Given("2025-07-01", Redemption("miller", "30"));
  EXPECT_TRUE(Cover("2024", "2025-05-31").claimed == 0);
  EXPECT_TRUE(Cover("2024", "2025-06-01").uncovered() == 20);
  EXPECT_TRUE(Cover("2024", "2025-07-01").uncovered() == 0);
}

TEST_F(DeclareClaimsTest, AYearCountsItsMonths) {
  Given("2025-03-01", Redemption("miller", "30", "2024-03"));
  EXPECT_EQ(Declare("30"), Code::kAccepted);
  EXPECT_FALSE(Warned(Warning::kUncoveredClaim));
  EXPECT_TRUE(Cover("2024-03").retired == 30);
  EXPECT_TRUE(Cover("2024-03").claimed == 0);
}

TEST_F(DeclareClaimsTest, WhatIsWithdrawnCoversNoLonger) {
  Given("2025-03-01", Redemption("miller", {{"B1", 1, 30}}));
  Given("2025-04-01",
        WithdrawCredits{.serials = List({SerialRange{"B1", 1, 10}}),
                        .reason = "misread"});
  EXPECT_TRUE(Cover("2024").retired == 20);
  EXPECT_TRUE(Cover("2024", "2025-03-31").retired == 30);
}

TEST_F(DeclareClaimsTest, RefusesWhatIsUnknownOrMalformed) {
  EXPECT_EQ(Declare("0.5"), Code::kInvalidQuantity);
  EXPECT_EQ(Declare("5", "24"), Code::kInvalidArgument);
  EXPECT_EQ(Post("2025-06-01", DeclareClaims{.party = "x",
                                             .scheme = "bc",
                                             .product = "cpo",
                                             .quantity = Dec("1"),
                                             .claim_period = "2024"}),
            Code::kUnknownParty);
}

}  // namespace
}  // namespace tally
