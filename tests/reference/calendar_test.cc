#include "tests/reference/calendar.h"

#include <gtest/gtest.h>

namespace tally::reference {
namespace {

std::string After(const char* date, int months) {
  return FormatDate(AddMonths(*ParseDate(date), months));
}

TEST(CalendarTest, AddingMonthsTakesTheLastDayOfAShorterMonth) {
  EXPECT_EQ(After("2025-01-31", 1), "2025-02-28");
  EXPECT_EQ(After("2024-01-31", 1), "2024-02-29");
  EXPECT_EQ(After("2024-02-29", 12), "2025-02-28");
  EXPECT_EQ(After("2024-02-29", 48), "2028-02-29");
  EXPECT_EQ(After("2025-03-31", -1), "2025-02-28");
}

TEST(CalendarTest, RefusesDaysThatAreNone) {
  for (const char* text :
       {"2025-02-29", "2025-13-01", "2025-00-10", "0000-01-01", "2025-1-1"}) {
    EXPECT_FALSE(ParseDate(text)) << text;
  }
  EXPECT_TRUE(ParseDate("2024-02-29"));
}

TEST(CalendarTest, AnInstantHasTheDateOfUtc) {
  const auto date = [](const char* text) {
    return FormatDate(DateOf(*ParseInstant(text)));
  };
  EXPECT_EQ(date("2025-03-01T23:30:00-01:00"), "2025-03-02");
  EXPECT_EQ(date("2025-03-01T00:30:00+01:00"), "2025-02-28");
  EXPECT_EQ(date("1969-12-31T23:59:59.999Z"), "1969-12-31");
  EXPECT_EQ(date("2025-03-01"), "2025-03-01");
  EXPECT_FALSE(ParseInstant("2025-03-01T10:00:00"));
  EXPECT_FALSE(ParseInstant("2025-03-01T24:00:00Z"));
}

TEST(CalendarTest, SpansAreYearsMonthsAndPairsOfDays) {
  EXPECT_EQ(ParseSpan("2024")->last, *ParseDate("2024-12-31"));
  EXPECT_EQ(ParseSpan("2024-02")->last, *ParseDate("2024-02-29"));
  EXPECT_EQ(ParseSpan("2024-01-15/2024-03-31")->first,
            *ParseDate("2024-01-15"));
  EXPECT_FALSE(ParseSpan("2024-03-31/2024-01-15"));
  EXPECT_FALSE(ParseSpan("2024-13"));
}

}  // namespace
}  // namespace tally::reference
