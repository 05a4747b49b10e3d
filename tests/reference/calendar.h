// Dates as the rules count them: a business date is a UTC date, every "last
// day" is inclusive, and adding months keeps the day or takes the last day of
// a shorter month, always counted from the first date.

#ifndef TALLY_TESTS_REFERENCE_CALENDAR_H_
#define TALLY_TESTS_REFERENCE_CALENDAR_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally::reference {

struct Date {
  int days = 0;  // since 1970-01-01

  friend auto operator<=>(const Date&, const Date&) = default;
  Date operator+(int count) const { return {days + count}; }
  Date operator-(int count) const { return {days - count}; }
};

inline constexpr Date kFirstDate = {-719162};  // 0001-01-01
inline constexpr Date kLastDate = {2932896};   // 9999-12-31

// A point in time, in microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  int64_t microseconds = INT64_MIN;

  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// A stretch of days, both ends inclusive.
struct Span {
  Date first;
  Date last;

  friend bool operator==(const Span&, const Span&) = default;
};

std::optional<Date> ParseDate(std::string_view text);
// A date (then 00:00:00Z) or an RFC 3339 time with its offset.
std::optional<Instant> ParseInstant(std::string_view text);
// `2024`, `2024-03` or `2024-01-01/2024-06-30`.
std::optional<Span> ParseSpan(std::string_view text);

std::string FormatDate(Date date);
Date DateOf(Instant instant);
Date AddMonths(Date date, int months);
Date EndOfMonth(Date date);
Date MakeDate(int year, int month, int day);  // clamps the day to the month
int YearOf(Date date);
int MonthOf(Date date);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_CALENDAR_H_
