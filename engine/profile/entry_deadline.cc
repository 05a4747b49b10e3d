#include "engine/profile/entry_deadline.h"

namespace tally {

Date EntryDeadline::LastDay(Date occurred) const {
  const int months = static_cast<int>(after);
  // How many months of the span begin after this one.
  const int left = months - 1 - (occurred.month() - 1) % months;
  return occurred.MonthStart().AddMonths(left).MonthEnd().AddDays(days);
}

}  // namespace tally
