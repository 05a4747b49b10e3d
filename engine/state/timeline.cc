#include "engine/state/timeline.h"

#include <algorithm>
#include <cstdint>

#include "engine/base/check.h"

namespace tally {

size_t Timeline::After(Date date) const {
  if (days_.empty() || days_.back().date <= date) return days_.size();
  const auto after = std::upper_bound(
      days_.begin(), days_.end(), date,
      [](Date wanted, const DayBalance& day) { return wanted < day.date; });
  return static_cast<size_t>(after - days_.begin());
}

Quantity Timeline::At(Date date) const {
  const size_t after = After(date);
  return after == 0 ? Quantity() : days_[after - 1].balance;
}

Quantity Timeline::LeastFrom(Date date) const {
  Quantity least = At(date);
  for (size_t i = After(date); i < days_.size(); ++i) {
    least = std::min(least, days_[i].balance);
  }
  return least;
}

Quantity Timeline::GreatestFrom(Date date) const {
  Quantity greatest = At(date);
  for (size_t i = After(date); i < days_.size(); ++i) {
    greatest = std::max(greatest, days_[i].balance);
  }
  return greatest;
}

void Timeline::AddFrom(size_t day, Quantity delta) {
  for (; day < days_.size(); ++day) {
    const bool fits = days_[day].balance.Add(delta);
    TALLY_CHECK(fits);
  }
}

void Timeline::Post(Date date, Quantity delta) {
  size_t day = After(date);
  if (day == 0 || days_[day - 1].date != date) {
    const Quantity before = day == 0 ? Quantity() : days_[day - 1].balance;
    days_.insert(days_.begin() + static_cast<ptrdiff_t>(day),
                 {.date = date, .balance = before});
  } else {
    --day;
  }
  // A day with that many postings stays, even if they were all taken back.
  if (days_[day].postings < INT32_MAX) ++days_[day].postings;
  AddFrom(day, delta);
}

void Timeline::Unpost(Date date, Quantity delta) {
  TALLY_CHECK(After(date) > 0);
  const size_t day = After(date) - 1;
  TALLY_CHECK(days_[day].date == date);
  AddFrom(day, delta.Negated());
  if (days_[day].postings < INT32_MAX) --days_[day].postings;
  if (days_[day].postings > 0) return;
  days_.erase(days_.begin() + static_cast<ptrdiff_t>(day));
}

}  // namespace tally
