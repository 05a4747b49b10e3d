// The questions that a profile answers with its terms.

#include <gtest/gtest.h>

#include "engine/profile/book_and_claim_terms.h"
#include "engine/profile/profile.h"
#include "tests/engine/profile/profile_text.h"

namespace tally {
namespace {

Date Day(std::string_view text) { return ParseDate(text).value(); }

TEST(CreditExpiryTest, WithoutExpiryNeverEnds) {
  EXPECT_EQ(CreditExpiry{}.LastDay(Day("2024-12-31")), Date::Max());
}

TEST(CreditExpiryTest, CountsMonthsFromTheVintagesLastDay) {
  const CreditExpiry expiry{.kind = CreditExpiryKind::kMonthsFromProduction,
                            .count = 12};
  EXPECT_EQ(expiry.LastDay(Day("2024-01-31")), Day("2025-01-31"));
  EXPECT_EQ(expiry.LastDay(Day("2024-02-29")), Day("2025-02-28"));
}

TEST(CreditExpiryTest, CountsVintageYearsToTheirLastDay) {
  const CreditExpiry expiry{.kind = CreditExpiryKind::kVintageYears,
                            .count = 1};
  EXPECT_EQ(expiry.LastDay(Day("2024-01-31")), Day("2025-12-31"));
}

TEST(CreditExpiryTest, EndsOnADayOfTheYearAfter) {
  const CreditExpiry tail{
      .kind = CreditExpiryKind::kDateAfterVintage, .month = 3, .day = 31};
  EXPECT_EQ(tail.LastDay(Day("2016-12-31")), Day("2017-03-31"));
  const CreditExpiry leap{
      .kind = CreditExpiryKind::kDateAfterVintage, .month = 2, .day = 29};
  EXPECT_EQ(leap.LastDay(Day("2023-12-31")), Day("2024-02-29"));
  EXPECT_EQ(leap.LastDay(Day("2024-12-31")), Day("2025-02-28"));
}

TEST(ProfileTest, DebitsAreRoundedAgainstTheClaimUnlessTheProfileSaysUp) {
  Profile profile;
  EXPECT_EQ(profile.DebitRounding(), Rounding::kUp);
  profile.rounding = Rounding::kHalfUp;
  EXPECT_EQ(profile.DebitRounding(), Rounding::kHalfUp);
  profile.rounding = Rounding::kUp;
  EXPECT_EQ(profile.DebitRounding(), Rounding::kDown);
}

TEST(ProfileTest, RanksLevelsFromTheLowest) {
  const Profile profile =
      Parsed(WithKeys(R"("levels": ["IRMA50", "IRMA75", "IRMA100"])"));
  EXPECT_EQ(profile.LevelRank("IRMA50"), 0);
  EXPECT_EQ(profile.LevelRank("IRMA100"), 2);
  EXPECT_EQ(profile.LevelRank("IRMA60"), -1);
}

}  // namespace
}  // namespace tally
