#include "engine/state/redemptions.h"

#include "gtest/gtest.h"

namespace tally {
namespace {

constexpr PartyIndex kBrand(0);
constexpr SchemeIndex kScheme(0);
const RedeemedKey kYear2025{kBrand, kScheme, 2025};

Redemption Redeem(Position position, int64_t units, int32_t decimals,
                  Date date) {
  return {.position = position,
          .holder = kBrand,
          .scheme = kScheme,
          .quantity = Quantity(units),
          .decimals = decimals,
          .redeemed_on = date};
}

TEST(RedemptionsTest, FindsARedemptionByItsPosition) {
  Redemptions redemptions;
  redemptions.Add(Redeem(4, 10, 0, Date::FromCivil(2025, 1, 1)));
  redemptions.Add(Redeem(9, 20, 0, Date::FromCivil(2025, 1, 1)));
  ASSERT_NE(redemptions.Find(9), nullptr);
  EXPECT_EQ(redemptions.Find(9)->quantity, Quantity(20));
  EXPECT_EQ(redemptions.Find(5), nullptr);
  EXPECT_EQ(redemptions.Find(10), nullptr);
}

TEST(RedemptionsTest, AddsUpTheProductsOfACalendarYear) {
  Redemptions redemptions;
  redemptions.Add(Redeem(1, 3, 0, Date::FromCivil(2025, 1, 1)));
  redemptions.Add(Redeem(2, 250, 2, Date::FromCivil(2025, 12, 31)));
  redemptions.Add(Redeem(3, 8, 0, Date::FromCivil(2026, 1, 1)));
  EXPECT_EQ(redemptions.RedeemedIn(kYear2025), 5'500'000);
}

TEST(RedemptionsTest, WhatIsWithdrawnCountsNoLongerAndIsWrittenDown) {
  Redemptions redemptions;
  redemptions.Add(Redeem(1, 30, 0, Date::FromCivil(2025, 1, 1)));
  redemptions.Withdraw(
      {.redemption = 1,
       .withdrawal = {.quantity = Quantity(10), .reason = "meter misread"}});
  EXPECT_EQ(redemptions.RedeemedIn(kYear2025), 20'000'000);
  ASSERT_EQ(redemptions.Find(1)->withdrawals.size(), 1);
  EXPECT_EQ(redemptions.Find(1)->withdrawals[0].reason, "meter misread");
  EXPECT_EQ(redemptions.Find(1)->quantity, Quantity(30));
}

TEST(RedemptionsTest, EachChangeCanBeTakenBack) {
  Redemptions redemptions;
  redemptions.Add(Redeem(1, 30, 0, Date::FromCivil(2025, 1, 1)));
  redemptions.Withdraw(
      {.redemption = 1, .withdrawal = {.quantity = Quantity(30)}});
  redemptions.RemoveWithdrawal(1);
  EXPECT_EQ(redemptions.RedeemedIn(kYear2025), 30'000'000);
  redemptions.RemoveLast();
  EXPECT_EQ(redemptions.RedeemedIn(kYear2025), 0);
  EXPECT_EQ(redemptions.size(), 0);
}

}  // namespace
}  // namespace tally
