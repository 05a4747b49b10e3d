// Calendar dates and instants, without time zones: everything is UTC.
//
// A Date counts days and an Instant microseconds since 1970-01-01. Both are
// plain integers, so that they compare, hash and store the same everywhere.
// The ledger takes years 1900 to 2199; the parsers refuse the rest.

#ifndef TALLY_ENGINE_BASE_DATE_H_
#define TALLY_ENGINE_BASE_DATE_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(int32_t days_since_epoch) : days_(days_since_epoch) {}

  // Earlier, later than every date that the parsers take.
  static constexpr Date Min() { return Date(-25567 - 1); }
  static constexpr Date Max() { return Date(84005 + 1); }

  static Date FromCivil(int year, int month, int day);

  constexpr int32_t days() const { return days_; }
  int year() const;
  int month() const;
  int day() const;

  Date AddDays(int32_t days) const { return Date(days_ + days); }
  // Keeps the day, or takes the last day of a shorter month.
  Date AddMonths(int months) const;
  // The first, the last day of this date's month.
  Date MonthStart() const;
  Date MonthEnd() const;

  // Months since year 0: equal for two dates of one calendar month.
  int32_t MonthNumber() const;

  std::string ToString() const;  // "2025-03-01"

  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  int32_t days_ = 0;
};

class Instant {
 public:
  constexpr Instant() = default;
  constexpr explicit Instant(int64_t micros_since_epoch)
      : micros_(micros_since_epoch) {}
  explicit Instant(Date date);

  constexpr int64_t micros() const { return micros_; }
  // The UTC date: the business date of what happens at this instant.
  Date date() const;

  // "2025-03-01T00:00:00Z", with fractional seconds only where there are any.
  std::string ToString() const;

  friend constexpr auto operator<=>(Instant, Instant) = default;

 private:
  int64_t micros_ = 0;
};

// "2025-03-01", a day that exists, in the years taken.
std::optional<Date> ParseDate(std::string_view text);

// RFC 3339 with an offset, or a date, which stands for its 00:00:00Z. Digits
// beyond the microsecond are dropped. A leap second counts as :59.
std::optional<Instant> ParseInstant(std::string_view text);

// A range of days, both ends included.
struct DateRange {
  Date first;
  Date last;

  constexpr bool Contains(Date date) const {
    return first <= date && date <= last;
  }
  friend constexpr auto operator<=>(const DateRange&,
                                    const DateRange&) = default;
};

// A vintage or claim period: "2024", "2024-03" or "2024-01-01/2024-06-30".
std::optional<DateRange> ParseDateRange(std::string_view text);

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_DATE_H_
