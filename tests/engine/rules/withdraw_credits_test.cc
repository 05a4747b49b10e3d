#include <gtest/gtest.h>

#include "tests/engine/rules/credits_fixture.h"

namespace tally {
namespace {

class WithdrawCreditsTest : public CreditsFixture {
 protected:
  WithdrawCredits Serials(std::initializer_list<SerialRange> serials,
                          std::string_view reason = {}) {
    return {.serials = List(serials), .reason = reason};
  }
};

TEST_F(WithdrawCreditsTest, TakesABlockBackFromWhoeverHasIt) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-06-01", Sale("brand", "10"));
  EXPECT_EQ(Post("2024-07-01", WithdrawCredits{.block = "B1"}),
            Code::kAccepted);
  EXPECT_EQ(Drawn(), "B1 1-40");
  EXPECT_EQ(Has("brand", CreditState::kIssued), "0");
  EXPECT_EQ(Has("brand", CreditState::kWithdrawn), "10");
  EXPECT_EQ(Has("miller", CreditState::kWithdrawn), "30");
  EXPECT_EQ(Has("brand", CreditState::kIssued, "2024-06-30"), "10");
  EXPECT_EQ(Post("2024-07-02", WithdrawCredits{.block = "B1"}), Code::kSerial);
}

TEST_F(WithdrawCreditsTest, ABlockMeansAllOfIt) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-07-01", Serials({{"B1", 11, 20}}));
  EXPECT_EQ(Post("2024-07-02", Serials({{"B1", 20, 21}})), Code::kSerial);
  EXPECT_EQ(Post("2024-07-02", WithdrawCredits{.block = "B1"}), Code::kSerial);
}

TEST_F(WithdrawCreditsTest, WhatWasWithdrawnIsOfNoUse) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-07-01", Serials({{"B1", 1, 30}}));
  EXPECT_EQ(Post("2024-07-02", Sale("brand", {{"B1", 30, 31}})), Code::kSerial);
  EXPECT_EQ(Post("2024-07-02", Sale("brand", "11")), Code::kInsufficient);
}

TEST_F(WithdrawCreditsTest, RetiredSerialsNeedAReason) {
  AddCredits(R"({"audit_reference_above": {"quantity": "10"}})");
  Issued("2024-05-01", "B1", "40");
  const Position redemption = position();
  Given("2024-06-01", Redemption("miller", {{"B1", 1, 10}}));
  EXPECT_EQ(Post("2024-07-01", Serials({{"B1", 10, 11}})), Code::kRetired);
  EXPECT_EQ(Post("2024-07-01", Serials({{"B1", 7, 11}}, "meter misread")),
            Code::kAccepted);
  EXPECT_EQ(Has("miller", CreditState::kRetired), "6");
  EXPECT_EQ(Has("miller", CreditState::kWithdrawn), "5");
  const auto& kept = *state().redemptions().Find(redemption);
  EXPECT_EQ(kept.quantity, Quantity(10));
  ASSERT_EQ(kept.withdrawals.size(), 1);
  EXPECT_EQ(kept.withdrawals[0].quantity, Quantity(4));
  EXPECT_EQ(kept.withdrawals[0].reason, "meter misread");
  // It counts no longer.
  EXPECT_EQ(Post("2024-08-01", Redemption("miller", "5")), Code::kAuditDue);
  EXPECT_EQ(Post("2024-08-01", Redemption("miller", "4")), Code::kAccepted);
}

TEST_F(WithdrawCreditsTest, WhatMovedLaterWasThereUntilThen) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-06-01", Sale("brand", {{"B1", 1, 10}}));
  Given("2024-06-05", Redemption("miller", {{"B1", 11, 20}}));
  EXPECT_EQ(Post("2024-05-20", Serials({{"B1", 1, 30}}, "why")),
            Code::kAccepted);
  EXPECT_EQ(Has("miller", CreditState::kWithdrawn, "2024-05-20"), "10");
  EXPECT_EQ(Has("miller", CreditState::kIssued, "2024-05-31"), "30");
  EXPECT_EQ(Has("brand", CreditState::kIssued, "2024-06-01"), "0");
  EXPECT_EQ(Has("brand", CreditState::kWithdrawn, "2024-06-01"), "10");
  EXPECT_EQ(Has("miller", CreditState::kWithdrawn, "2024-06-05"), "20");
}

TEST_F(WithdrawCreditsTest, IsByOneIssuer) {
  AddCredits();
  AddParty("crusher", {Role::kOperator});
  AddSite("plant", "crusher", {"CRUSHER"});
  Issued("2024-05-01", "B1", "40");
  Given("2024-05-01", Originate{.site = "plant",
                                .product = "cpo",
                                .quantity = Dec("10"),
                                .claim = Claim("bc", Model::kBookAndClaim)});
  IssueCredits issue = Issue("C1", "10");
  issue.site = "plant";
  Given("2024-05-01", issue);
  EXPECT_EQ(Post("2024-06-01", Serials({{"B1", 1, 1}, {"C1", 1, 1}})),
            Code::kNotAuthorized);
}

TEST_F(WithdrawCreditsTest, RefusesWhatIsUnknown) {
  AddCredits();
  EXPECT_EQ(Post("2024-06-01", WithdrawCredits{.block = "B9"}),
            Code::kUnknownBlock);
  EXPECT_EQ(Post("2024-06-01", Serials({{"B9", 1, 1}})), Code::kUnknownBlock);
  EXPECT_EQ(Post("2024-06-01", WithdrawCredits{}), Code::kInvalidArgument);
}

}  // namespace
}  // namespace tally
