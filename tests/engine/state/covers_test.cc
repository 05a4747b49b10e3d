#include "engine/state/covers.h"

#include "gtest/gtest.h"

namespace tally {
namespace {

const HolderKey kBrand{PartyIndex(0), SchemeIndex(0), ProductIndex(0)};
const DateRange kYear{Date::FromCivil(2024, 1, 1),
                      Date::FromCivil(2024, 12, 31)};
const DateRange kMarch{Date::FromCivil(2024, 3, 1),
                       Date::FromCivil(2024, 3, 31)};
const DateRange kWinter{Date::FromCivil(2024, 12, 1),
                        Date::FromCivil(2025, 2, 28)};
const Date kDay = Date::FromCivil(2025, 1, 15);

CoverChange Claim(const DateRange& period, Date date, int64_t units) {
  return {.key = kBrand,
          .period = period,
          .side = CoverSide::kClaimed,
          .date = date,
          .delta = Quantity(units)};
}

CoverChange Retire(int32_t vintage_year, Date date, int64_t units) {
  return {.key = kBrand,
          .period = kYear,
          .side = CoverSide::kRetired,
          .vintage_year = vintage_year,
          .date = date,
          .delta = Quantity(units)};
}

int64_t Claimed(const Covers& covers, const DateRange& period, Date as_at) {
  return static_cast<int64_t>(
      covers.Within(kBrand, period, CoverSide::kClaimed, as_at));
}

int64_t Retired(const Covers& covers, int32_t vintage_year_max) {
  return static_cast<int64_t>(
      covers.RetiredFor(kBrand, kYear, vintage_year_max));
}

TEST(CoversTest, CountsEveryPeriodThatLiesInTheOneAsked) {
  Covers covers;
  covers.Apply(Claim(kYear, kDay, 100));
  covers.Apply(Claim(kMarch, kDay, 10));
  covers.Apply(Claim(kWinter, kDay, 1));
  EXPECT_EQ(Claimed(covers, kYear, kDay), 110);
  EXPECT_EQ(Claimed(covers, kMarch, kDay), 10);
  EXPECT_EQ(Claimed(covers, {Date::Min(), Date::Max()}, kDay), 111);
}

TEST(CoversTest, CountsWhatIsKnownAtTheEndOfTheDayAsked) {
  Covers covers;
  covers.Apply(Claim(kYear, kDay, 100));
  covers.Apply(Claim(kYear, kDay.AddDays(1), 7));
  EXPECT_EQ(Claimed(covers, kYear, kDay.AddDays(-1)), 0);
  EXPECT_EQ(Claimed(covers, kYear, kDay), 100);
  EXPECT_EQ(Claimed(covers, kYear, kDay.AddDays(1)), 107);
}

TEST(CoversTest, KeepsRetirementsByVintageYear) {
  Covers covers;
  covers.Apply(Claim(kYear, kDay, 1'000));
  covers.Apply(Retire(2023, kDay, 20));
  covers.Apply(Retire(2024, kDay, 80));
  covers.Apply(Retire(2023, kDay.AddDays(9), -5));
  EXPECT_EQ(Retired(covers, 2022), 0);
  EXPECT_EQ(Retired(covers, 2023), 15);
  EXPECT_EQ(Retired(covers, 2024), 95);
}

TEST(CoversTest, TheOppositeTakesAChangeBack) {
  Covers covers;
  covers.Apply(Retire(2023, kDay, 20));
  covers.Apply(Retire(2023, kDay, -20));
  EXPECT_EQ(Retired(covers, 2023), 0);
}

TEST(CoversTest, SumsPassWhatOneQuantityCanHold) {
  Covers covers;
  covers.Apply(Claim(kYear, kDay, INT64_MAX));
  covers.Apply(Claim(kYear, kDay, INT64_MAX));
  EXPECT_EQ(covers.Within(kBrand, kYear, CoverSide::kClaimed, kDay),
            int128{INT64_MAX} * 2);
}

}  // namespace
}  // namespace tally
