#include "engine/base/date.h"

#include <chrono>

#include "fmt/format.h"

namespace tally {
namespace {

using std::chrono::year_month_day;

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;
constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

year_month_day Civil(Date date) {
  return year_month_day(std::chrono::sys_days(std::chrono::days(date.days())));
}

Date FromYmd(year_month_day ymd) {
  return Date(static_cast<int32_t>(
      std::chrono::sys_days(ymd).time_since_epoch().count()));
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads exactly `count` digits at `*pos`.
std::optional<int> Digits(std::string_view text, size_t* pos, size_t count) {
  if (text.size() < *pos + count) return std::nullopt;
  int value = 0;
  for (size_t i = *pos; i < *pos + count; ++i) {
    if (!IsDigit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  *pos += count;
  return value;
}

bool Skip(std::string_view text, size_t* pos, char c) {
  if (*pos >= text.size() || text[*pos] != c) return false;
  ++*pos;
  return true;
}

std::optional<Date> DateAt(std::string_view text, size_t* pos) {
  const std::optional<int> year = Digits(text, pos, 4);
  if (!year || !Skip(text, pos, '-')) return std::nullopt;
  const std::optional<int> month = Digits(text, pos, 2);
  if (!month || !Skip(text, pos, '-')) return std::nullopt;
  const std::optional<int> day = Digits(text, pos, 2);
  if (!day || *year < kYearMin || *year > kYearMax) return std::nullopt;
  const year_month_day ymd(std::chrono::year(*year),
                           std::chrono::month(static_cast<unsigned>(*month)),
                           std::chrono::day(static_cast<unsigned>(*day)));
  if (!ymd.ok()) return std::nullopt;
  return FromYmd(ymd);
}

// The fraction after the seconds, in microseconds; 0 where there is none.
std::optional<int64_t> FractionAt(std::string_view text, size_t* pos) {
  if (!Skip(text, pos, '.')) return 0;
  int64_t micros = 0;
  int64_t weight = kMicrosPerSecond / 10;
  const size_t start = *pos;
  while (*pos < text.size() && IsDigit(text[*pos])) {
    micros += weight * (text[*pos] - '0');
    weight /= 10;
    ++*pos;
  }
  if (*pos == start || *pos - start > 9) return std::nullopt;
  return micros;
}

// The offset from UTC, in seconds.
std::optional<int64_t> OffsetAt(std::string_view text, size_t* pos) {
  if (*pos >= text.size()) return std::nullopt;
  const char sign = text[(*pos)++];
  if (sign == 'Z' || sign == 'z') return 0;
  if (sign != '+' && sign != '-') return std::nullopt;
  const std::optional<int> hours = Digits(text, pos, 2);
  if (!hours || !Skip(text, pos, ':')) return std::nullopt;
  const std::optional<int> minutes = Digits(text, pos, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int64_t seconds = (*hours * 60 + *minutes) * 60;
  return sign == '-' ? -seconds : seconds;
}

// Seconds of the day at "12:34:56".
std::optional<int64_t> ClockAt(std::string_view text, size_t* pos) {
  const std::optional<int> hour = Digits(text, pos, 2);
  if (!hour || !Skip(text, pos, ':')) return std::nullopt;
  const std::optional<int> minute = Digits(text, pos, 2);
  if (!minute || !Skip(text, pos, ':')) return std::nullopt;
  const std::optional<int> second = Digits(text, pos, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) {
    return std::nullopt;
  }
  return (*hour * 60 + *minute) * 60 + (*second == 60 ? 59 : *second);
}

}  // namespace

Date Date::FromCivil(int year, int month, int day) {
  return FromYmd(year_month_day(
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
      std::chrono::day(static_cast<unsigned>(day))));
}

int Date::year() const { return static_cast<int>(Civil(*this).year()); }

int Date::month() const {
  return static_cast<int>(static_cast<unsigned>(Civil(*this).month()));
}

int Date::day() const {
  return static_cast<int>(static_cast<unsigned>(Civil(*this).day()));
}

Date Date::AddMonths(int months) const {
  year_month_day moved = Civil(*this) + std::chrono::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
  return FromYmd(moved);
}

Date Date::MonthStart() const { return AddDays(1 - day()); }

Date Date::MonthEnd() const { return MonthStart().AddMonths(1).AddDays(-1); }

int32_t Date::MonthNumber() const { return year() * 12 + month() - 1; }

std::string Date::ToString() const {
  return fmt::format("{:04}-{:02}-{:02}", year(), month(), day());
}

Instant::Instant(Date date) : micros_(date.days() * kMicrosPerDay) {}

Date Instant::date() const {
  int64_t days = micros_ / kMicrosPerDay;
  if (micros_ % kMicrosPerDay < 0) --days;
  return Date(static_cast<int32_t>(days));
}

std::string Instant::ToString() const {
  const Date day = date();
  const int64_t of_day = micros_ - day.days() * kMicrosPerDay;
  const int64_t seconds = of_day / kMicrosPerSecond;
  const int64_t fraction = of_day % kMicrosPerSecond;
  std::string text =
      fmt::format("{}T{:02}:{:02}:{:02}", day.ToString(), seconds / 3600,
                  seconds / 60 % 60, seconds % 60);
  if (fraction != 0) text += fmt::format(".{:06}", fraction);
  return text + "Z";
}

std::optional<Date> ParseDate(std::string_view text) {
  size_t pos = 0;
  const std::optional<Date> date = DateAt(text, &pos);
  if (!date || pos != text.size()) return std::nullopt;
  return date;
}

std::optional<Instant> ParseInstant(std::string_view text) {
  size_t pos = 0;
  const std::optional<Date> date = DateAt(text, &pos);
  if (!date) return std::nullopt;
  if (pos == text.size()) return Instant(*date);
  if (!Skip(text, &pos, 'T') && !Skip(text, &pos, 't')) return std::nullopt;
  const std::optional<int64_t> clock = ClockAt(text, &pos);
  if (!clock) return std::nullopt;
  const std::optional<int64_t> fraction = FractionAt(text, &pos);
  if (!fraction) return std::nullopt;
  const std::optional<int64_t> offset = OffsetAt(text, &pos);
  if (!offset || pos != text.size()) return std::nullopt;
  const Instant instant(Instant(*date).micros() +
                        (*clock - *offset) * kMicrosPerSecond + *fraction);
  // The offset may lead out of the years taken.
  const int year = instant.date().year();
  if (year < kYearMin || year > kYearMax) return std::nullopt;
  return instant;
}

std::optional<DateRange> ParseDateRange(std::string_view text) {
  size_t pos = 0;
  if (text.size() == 4 || text.size() == 7) {
    const std::optional<int> year = Digits(text, &pos, 4);
    if (!year || *year < kYearMin || *year > kYearMax) return std::nullopt;
    if (text.size() == 4) {
      return DateRange{Date::FromCivil(*year, 1, 1),
                       Date::FromCivil(*year, 12, 31)};
    }
    const std::optional<Date> first = ParseDate(std::string(text) + "-01");
    if (!first) return std::nullopt;
    return DateRange{*first, first->MonthEnd()};
  }
  const std::optional<Date> first = DateAt(text, &pos);
  if (!first || !Skip(text, &pos, '/')) return std::nullopt;
  const std::optional<Date> last = DateAt(text, &pos);
  if (!last || pos != text.size() || *last < *first) return std::nullopt;
  return DateRange{*first, *last};
}

}  // namespace tally
