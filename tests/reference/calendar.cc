#include "tests/reference/calendar.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace tally::reference {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

year_month_day Civil(Date date) {
  return year_month_day(sys_days(std::chrono::days(date.days)));
}

Date FromCivil(const year_month_day& civil) {
  return {static_cast<int>(sys_days(civil).time_since_epoch().count())};
}

// Reads exactly `text.size()` digits.
std::optional<int> ParseDigits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// `HH:MM:SS` in seconds.
std::optional<int> ParseClock(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return {};
  const auto hours = ParseDigits(text.substr(0, 2));
  const auto minutes = ParseDigits(text.substr(3, 2));
  const auto seconds = ParseDigits(text.substr(6, 2));
  if (!hours || !minutes || !seconds) return std::nullopt;
  if (*hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
  return *hours * 3600 + *minutes * 60 + *seconds;
}

// `Z` or `+HH:MM`, in seconds east of UTC.
std::optional<int> ParseOffset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || text[3] != ':') return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  const auto hours = ParseDigits(text.substr(1, 2));
  const auto minutes = ParseDigits(text.substr(4, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int seconds = *hours * 3600 + *minutes * 60;
  return text[0] == '-' ? -seconds : seconds;
}

}  // namespace

std::optional<Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto y = ParseDigits(text.substr(0, 4));
  const auto m = ParseDigits(text.substr(5, 2));
  const auto d = ParseDigits(text.substr(8, 2));
  if (!y || !m || !d || *y < 1) return std::nullopt;
  const year_month_day civil{year(*y), month(static_cast<unsigned>(*m)),
                             day(static_cast<unsigned>(*d))};
  if (!civil.ok()) return std::nullopt;
  return FromCivil(civil);
}

std::optional<Instant> ParseInstant(std::string_view text) {
  const auto date = ParseDate(text.substr(0, 10));
  if (!date) return std::nullopt;
  const int64_t midnight = int64_t{date->days} * 86400 * 1000000;
  if (text.size() == 10) return Instant{midnight};
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return {};
  const auto seconds = ParseClock(text.substr(11, 8));
  std::string_view rest = text.substr(19);
  int64_t fraction = 0;
  if (rest[0] == '.') {
    size_t digits = 1;
    int64_t scale = 100000;
    for (; digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9';
         ++digits, scale /= 10) {
      fraction += (rest[digits] - '0') * scale;
    }
    if (digits == 1 || digits > 10) return std::nullopt;
    rest.remove_prefix(digits);
  }
  const auto offset = ParseOffset(rest);
  if (!seconds || !offset) return std::nullopt;
  return Instant{midnight + (*seconds - *offset) * int64_t{1000000} + fraction};
}

std::optional<Span> ParseSpan(std::string_view text) {
  if (text.size() == 4) {
    const auto first = ParseDate(std::string(text) + "-01-01");
    if (!first) return std::nullopt;
    return Span{*first, MakeDate(YearOf(*first), 12, 31)};
  }
  if (text.size() == 7) {
    const auto first = ParseDate(std::string(text) + "-01");
    if (!first) return std::nullopt;
    return Span{*first, EndOfMonth(*first)};
  }
  if (text.size() != 21 || text[10] != '/') return std::nullopt;
  const auto first = ParseDate(text.substr(0, 10));
  const auto last = ParseDate(text.substr(11));
  if (!first || !last || *last < *first) return std::nullopt;
  return Span{*first, *last};
}

std::string FormatDate(Date date) {
  const year_month_day civil = Civil(date);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", int{civil.year()},
                unsigned{civil.month()}, unsigned{civil.day()});
  return text;
}

Date DateOf(Instant instant) {
  constexpr int64_t kDay = int64_t{86400} * 1000000;
  int64_t days = instant.microseconds / kDay;
  if (instant.microseconds % kDay < 0) --days;
  return {static_cast<int>(days)};
}

Date AddMonths(Date date, int months) {
  const year_month_day civil = Civil(date);
  const auto target =
      civil.year() / civil.month() + std::chrono::months(months);
  const year_month_day_last end = target / std::chrono::last;
  return FromCivil(target / std::min(civil.day(), end.day()));
}

Date EndOfMonth(Date date) {
  const year_month_day civil = Civil(date);
  return FromCivil(
      year_month_day(civil.year() / civil.month() / std::chrono::last));
}

Date MakeDate(int y, int m, int d) {
  const year_month_day first{year(y), month(static_cast<unsigned>(m)), day(1)};
  const Date end = EndOfMonth(FromCivil(first));
  return std::min(FromCivil(first) + (d - 1), end);
}

int YearOf(Date date) { return int{Civil(date).year()}; }

int MonthOf(Date date) {
  return static_cast<int>(unsigned{Civil(date).month()});
}

}  // namespace tally::reference
