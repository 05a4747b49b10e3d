#include <gtest/gtest.h>

#include "tests/engine/rules/credits_fixture.h"

namespace tally {
namespace {

class RedeemCreditsTest : public CreditsFixture {
 protected:
  RedeemCredits For(Purpose purpose) {
    RedeemCredits redeem = Redemption("miller", "10");
    redeem.purpose = purpose;
    return redeem;
  }
};

TEST_F(RedeemCreditsTest, RetiresForABeneficiary) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  const Position position = this->position();
  RedeemCredits redeem = Redemption("miller", "15", "2024-03");
  redeem.audit_reference = "AUD-1";
  EXPECT_EQ(Post("2024-06-01", redeem), Code::kAccepted);
  EXPECT_EQ(Drawn(), "B1 1-15");
  EXPECT_EQ(Has("miller", CreditState::kIssued), "25");
  EXPECT_EQ(Has("miller", CreditState::kRetired), "15");
  const tally::Redemption* kept = state().redemptions().Find(position);
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(kept->quantity, Quantity(15));
  EXPECT_EQ(kept->beneficiary, "shoppers");
  EXPECT_EQ(kept->claim_period_text, "2024-03");
  EXPECT_EQ(kept->audit_reference, "AUD-1");
  EXPECT_FALSE(kept->id.IsNil());
  ASSERT_EQ(kept->serials.size(), 1);
  EXPECT_EQ(kept->serials[0], (Serials{BlockIndex(0), 1, 15}));
}

TEST_F(RedeemCreditsTest, RetirementIsFinal) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-06-01", Redemption("miller", {{"B1", 1, 10}}));
  EXPECT_EQ(Post("2024-06-02", Redemption("miller", {{"B1", 10, 10}})),
            Code::kRetired);
  EXPECT_EQ(Post("2024-06-02", Redemption("brand", {{"B1", 10, 10}})),
            Code::kRetired);
}

TEST_F(RedeemCreditsTest, SomePurposesAreForfeited) {
  AddCredits(R"({"forfeits": ["COMPLIANCE"]})");
  Issued("2024-05-01", "B1", "40");
  EXPECT_EQ(Post("2024-06-01", For(Purpose::kCompliance)), Code::kClaimForfeit);
  EXPECT_EQ(Post("2024-06-01", For(Purpose::kVoluntary)), Code::kAccepted);
}

TEST_F(RedeemCreditsTest, TheClaimPeriodMayHaveToBeOver) {
  AddCredits(R"({"claim_period_ended": true})");
  Issued("2024-05-01", "B1", "40");
  EXPECT_EQ(Post("2024-12-31", Redemption("miller", "1", "2024")),
            Code::kFutureClaim);
  EXPECT_EQ(Post("2025-01-01", Redemption("miller", "1", "2024")),
            Code::kAccepted);
}

TEST_F(RedeemCreditsTest, VintageYearsGoByTheYearOfTheClaim) {
  AddCredits(R"({"expiry": {"kind": "VINTAGE_YEARS", "count": 1}})");
  Issued("2022-06-30", "R22", "10", "2022");
  Issued("2023-06-30", "R23", "10", "2023");
  EXPECT_EQ(Post("2025-02-15", Redemption("miller", {{"R22", 1, 1}}, "2024")),
            Code::kExpired);
  EXPECT_EQ(Post("2025-02-15", Redemption("miller", "5", "2024")),
            Code::kAccepted);
  EXPECT_EQ(Drawn(), "R23 1-5");
  EXPECT_EQ(Post("2025-02-15", Redemption("miller", {{"R23", 6, 6}}, "2025")),
            Code::kExpired);
  EXPECT_EQ(Post("2025-02-15", Redemption("miller", {{"R22", 1, 1}}, "2023")),
            Code::kAccepted);
}

TEST_F(RedeemCreditsTest, OlderVintagesAreAShareAtMost) {
  AddCredits(R"({"prior_vintage_pct": "20"})");
  Issued("2023-06-30", "R23", "300", "2023");
  Issued("2024-06-30", "R24", "800", "2024");
  EXPECT_EQ(Post("2025-02-15",
                 Redemption("miller", {{"R23", 1, 201}, {"R24", 1, 799}})),
            Code::kVintageCap);
  EXPECT_EQ(FigureOf("older"), "201");
  EXPECT_EQ(FigureOf("retired"), "1000");
  EXPECT_EQ(Post("2025-02-15",
                 Redemption("miller", {{"R23", 1, 200}, {"R24", 1, 800}})),
            Code::kAccepted);
  // Another period starts anew; a year's own vintage is not older than it.
  EXPECT_EQ(
      Post("2025-02-15", Redemption("miller", {{"R23", 201, 201}}, "2024-03")),
      Code::kVintageCap);
  EXPECT_EQ(
      Post("2025-02-15", Redemption("miller", {{"R23", 201, 300}}, "2023")),
      Code::kAccepted);
}

TEST_F(RedeemCreditsTest, TheShareIsOfAllThatWasRetiredForThePeriod) {
  AddCredits(R"({"prior_vintage_pct": "20"})");
  Issued("2023-06-30", "R23", "300", "2023");
  Issued("2024-06-30", "R24", "800", "2024");
  Given("2025-02-15", Redemption("miller", {{"R24", 1, 80}}));
  EXPECT_EQ(Post("2025-02-15", Redemption("miller", {{"R23", 1, 21}})),
            Code::kVintageCap);
  EXPECT_EQ(Post("2025-02-15", Redemption("miller", {{"R23", 1, 20}})),
            Code::kAccepted);
}

TEST_F(RedeemCreditsTest, ALargeYearNeedsAnAudit) {
  AddCredits(R"({"audit_reference_above": {"quantity": "500",
                                           "per": "YEAR"}})");
  Issued("2024-05-02", "B1", "2000");
  EXPECT_EQ(Post("2025-02-01", Redemption("miller", "501")), Code::kAuditDue);
  EXPECT_EQ(Post("2025-02-01", Redemption("miller", "500")), Code::kAccepted);
  EXPECT_EQ(Post("2025-02-02", Redemption("miller", "1", "2023")),
            Code::kAuditDue);
  RedeemCredits audited = Redemption("miller", "1");
  audited.audit_reference = "AUD-2025-17";
  EXPECT_EQ(Post("2025-02-02", audited), Code::kAccepted);
  EXPECT_EQ(Post("2026-01-01", Redemption("miller", "500")), Code::kAccepted);
}

TEST_F(RedeemCreditsTest, WhatIsAskedMattersBeforeWhatIsThere) {
  AddCredits(R"({"audit_reference_above": {"quantity": "500"}})");
  Issued("2024-05-02", "B1", "100");
  EXPECT_EQ(Post("2025-02-01", Redemption("miller", "501")), Code::kAuditDue);
  EXPECT_EQ(Post("2025-02-01", Redemption("miller", "101")),
            Code::kInsufficient);
}

TEST_F(RedeemCreditsTest, RefusesWhatIsUnknownOrMalformed) {
  AddCredits();
  Issued("2024-05-01", "B1", "100");
  const auto answer = [this](auto change) {
    RedeemCredits redeem = Redemption("miller", "10");
    change(redeem);
    return Post("2024-06-01", redeem);
  };
  EXPECT_EQ(answer([](auto& r) { r.holder = "x"; }), Code::kUnknownParty);
  EXPECT_EQ(answer([](auto& r) { r.scheme = "x"; }), Code::kUnknownScheme);
  EXPECT_EQ(answer([](auto& r) { r.product = "x"; }), Code::kUnknownProduct);
  EXPECT_EQ(answer([](auto& r) { r.claim_period = "2024-1"; }),
            Code::kInvalidArgument);
  EXPECT_EQ(answer([](auto& r) { r.quantity.reset(); }),
            Code::kInvalidArgument);
}

}  // namespace
}  // namespace tally
