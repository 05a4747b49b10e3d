#include "engine/base/date.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace tally {
namespace {

Date Day(std::string_view text) { return ParseDate(text).value(); }
Instant At(std::string_view text) { return ParseInstant(text).value(); }

TEST(DateTest, CountsDaysSince1970) {
  EXPECT_EQ(Day("1970-01-01").days(), 0);
  EXPECT_EQ(Day("1969-12-31").days(), -1);
  EXPECT_EQ(Day("2000-02-29").days(), 11'016);
  EXPECT_EQ(Date::FromCivil(2000, 2, 29), Day("2000-02-29"));
}

TEST(DateTest, GivesYearMonthAndDay) {
  const Date date = Day("2024-02-29");
  EXPECT_EQ(date.year(), 2024);
  EXPECT_EQ(date.month(), 2);
  EXPECT_EQ(date.day(), 29);
  EXPECT_EQ(date.ToString(), "2024-02-29");
}

TEST(DateTest, EveryDayPrintsAsItParses) {
  const Date last = Day("2199-12-31");
  for (Date date = Day("1900-01-01"); date <= last; date = date.AddDays(1)) {
    ASSERT_EQ(ParseDate(date.ToString()), date);
    ASSERT_EQ(Date::FromCivil(date.year(), date.month(), date.day()), date);
  }
}

TEST(DateTest, MinAndMaxLieOutsideWhatIsParsed) {
  EXPECT_EQ(Date::Min().AddDays(1), Day("1900-01-01"));
  EXPECT_EQ(Date::Max().AddDays(-1), Day("2199-12-31"));
}

TEST(DateTest, AddingMonthsKeepsTheDayOrTakesTheLast) {
  EXPECT_EQ(Day("2025-01-31").AddMonths(1), Day("2025-02-28"));
  EXPECT_EQ(Day("2024-01-31").AddMonths(1), Day("2024-02-29"));
  EXPECT_EQ(Day("2024-02-29").AddMonths(12), Day("2025-02-28"));
  EXPECT_EQ(Day("2025-01-15").AddMonths(3), Day("2025-04-15"));
  EXPECT_EQ(Day("2025-11-30").AddMonths(3), Day("2026-02-28"));
  EXPECT_EQ(Day("2025-03-31").AddMonths(-1), Day("2025-02-28"));
  EXPECT_EQ(Day("2025-03-31").AddMonths(0), Day("2025-03-31"));
}

TEST(DateTest, MonthsAreCountedFromTheFirstDate) {
  // Twice one month from 31 January is not 31 March by way of February.
  const Date start = Day("2025-01-31");
  EXPECT_EQ(start.AddMonths(2), Day("2025-03-31"));
  EXPECT_EQ(start.AddMonths(1).AddMonths(1), Day("2025-03-28"));
}

TEST(DateTest, KnowsItsMonth) {
  EXPECT_EQ(Day("2024-02-10").MonthStart(), Day("2024-02-01"));
  EXPECT_EQ(Day("2024-02-10").MonthEnd(), Day("2024-02-29"));
  EXPECT_EQ(Day("2025-12-31").MonthEnd(), Day("2025-12-31"));
  EXPECT_EQ(Day("2025-01-01").MonthNumber(),
            Day("2024-12-31").MonthNumber() + 1);
  EXPECT_EQ(Day("2025-01-01").MonthNumber(), Day("2025-01-31").MonthNumber());
}

TEST(ParseDateTest, RefusesWhatIsNoDate) {
  for (const std::string_view text :
       {"", "2025", "2025-01", "2025-1-01", "2025-01-1", "25-01-01",
        "2025-00-01", "2025-13-01", "2025-01-00", "2025-02-29", "2025-04-31",
        "1899-12-31", "2200-01-01", "2025/01/01", "2025-01-01 ", " 2025-01-01",
        "2025-01-01T00:00:00Z", "+025-01-01", "2025-01-0a"}) {
    EXPECT_EQ(ParseDate(text), std::nullopt) << text;
  }
}

TEST(ParseInstantTest, TakesRfc3339AndDates) {
  EXPECT_EQ(At("1970-01-01T00:00:01Z").micros(), 1'000'000);
  EXPECT_EQ(At("2025-03-01"), Instant(Day("2025-03-01")));
  EXPECT_EQ(At("2025-03-01T12:00:00+02:00"), At("2025-03-01T10:00:00Z"));
  EXPECT_EQ(At("2025-03-01T00:30:00-00:30"), At("2025-03-01T01:00:00Z"));
  EXPECT_EQ(At("2025-03-01t12:00:00z"), At("2025-03-01T12:00:00Z"));
  EXPECT_EQ(At("2025-03-01T00:00:00.5Z").micros() -
                At("2025-03-01T00:00:00Z").micros(),
            500'000);
  EXPECT_EQ(At("2025-03-01T00:00:00.123456789Z"),
            At("2025-03-01T00:00:00.123456Z"));
  EXPECT_EQ(At("2016-12-31T23:59:60Z"), At("2016-12-31T23:59:59Z"));
}

TEST(ParseInstantTest, RefusesWhatIsNoInstant) {
  for (const std::string_view text :
       {"", "2025-03-01T", "2025-03-01T12:00Z", "2025-03-01T12:00:00",
        "2025-03-01T24:00:00Z", "2025-03-01T12:60:00Z", "2025-03-01T12:00:61Z",
        "2025-03-01T12:00:00.Z", "2025-03-01T12:00:00.1234567890Z",
        "2025-03-01T12:00:00+24:00", "2025-03-01T12:00:00+02:60",
        "2025-03-01T12:00:00+0200", "2025-03-01 12:00:00Z",
        "2025-03-01T12:00:00ZZ", "2025-02-30T12:00:00Z"}) {
    EXPECT_EQ(ParseInstant(text), std::nullopt) << text;
  }
}

TEST(ParseInstantTest, StaysInTheYearsTakenWhateverTheOffset) {
  EXPECT_TRUE(ParseInstant("1900-01-01T00:00:00Z").has_value());
  EXPECT_TRUE(ParseInstant("2199-12-31T23:59:59.999999Z").has_value());
  EXPECT_EQ(ParseInstant("1900-01-01T00:00:00+01:00"), std::nullopt);
  EXPECT_EQ(ParseInstant("2199-12-31T23:30:00-01:00"), std::nullopt);
}

TEST(InstantTest, BusinessDateIsTheUtcDate) {
  EXPECT_EQ(At("2025-03-01T23:59:59.999999Z").date(), Day("2025-03-01"));
  EXPECT_EQ(At("2025-03-02T00:30:00+01:00").date(), Day("2025-03-01"));
  EXPECT_EQ(At("1969-12-31T23:59:59Z").date(), Day("1969-12-31"));
  EXPECT_EQ(At("1969-12-31T00:00:00Z").date(), Day("1969-12-31"));
}

TEST(InstantTest, PrintsAsItParses) {
  for (const std::string_view text :
       {"1900-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z", "2025-03-01T12:34:56Z",
        "2025-03-01T12:34:56.000001Z", "2199-12-31T23:59:59Z"}) {
    EXPECT_EQ(At(text).ToString(), text);
  }
  EXPECT_EQ(At("2025-03-01").ToString(), "2025-03-01T00:00:00Z");
}

TEST(ParseDateRangeTest, TakesYearMonthAndDays) {
  EXPECT_EQ(ParseDateRange("2024"),
            (DateRange{Day("2024-01-01"), Day("2024-12-31")}));
  EXPECT_EQ(ParseDateRange("2024-02"),
            (DateRange{Day("2024-02-01"), Day("2024-02-29")}));
  EXPECT_EQ(ParseDateRange("2024-01-01/2024-06-30"),
            (DateRange{Day("2024-01-01"), Day("2024-06-30")}));
  EXPECT_EQ(ParseDateRange("2024-01-01/2024-01-01"),
            (DateRange{Day("2024-01-01"), Day("2024-01-01")}));
}

TEST(ParseDateRangeTest, RefusesTheRest) {
  for (const std::string_view text :
       {"", "24", "1899", "2200", "202a", "2024-13", "2024-1", "2024-01-01",
        "2024-01-02/2024-01-01", "2024-01-01/2024-02-30", "2024/2025",
        "2024-01-01/2024-06-30/", "2024-01-01-2024-06-30"}) {
    EXPECT_EQ(ParseDateRange(text), std::nullopt) << text;
  }
}

TEST(DateRangeTest, ContainsBothEnds) {
  const DateRange range{Day("2024-01-01"), Day("2024-06-30")};
  EXPECT_TRUE(range.Contains(Day("2024-01-01")));
  EXPECT_TRUE(range.Contains(Day("2024-06-30")));
  EXPECT_FALSE(range.Contains(Day("2023-12-31")));
  EXPECT_FALSE(range.Contains(Day("2024-07-01")));
}

}  // namespace
}  // namespace tally
