#include "engine/state/book_stock.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

// The first day after `date`. Most changes are dated last.
template <typename Days>
size_t After(const Days& days, Date date) {
  if (days.empty() || days.back().date <= date) return days.size();
  const auto after = std::upper_bound(
      days.begin(), days.end(), date,
      [](Date wanted, const auto& day) { return wanted < day.date; });
  return static_cast<size_t>(after - days.begin());
}

template <typename Days>
void AddFrom(Days& days, size_t first, int128 delta) {
  for (size_t i = first; i < days.size(); ++i) days[i].balance += delta;
}

}  // namespace

void BookStock::Apply(const StockChange& change) {
  Days& days = stock_[{change.site, change.product}];
  size_t day = After(days, change.date);
  if (day == 0 || days[day - 1].date != change.date) {
    const int128 before = day == 0 ? 0 : days[day - 1].balance;
    days.insert(days.begin() + static_cast<ptrdiff_t>(day),
                Day{.date = change.date, .balance = before});
  } else {
    --day;
  }
  ++days[day].changes;
  AddFrom(days, day, change.delta.units());
}

void BookStock::TakeBack(const StockChange& change) {
  const auto found = stock_.find({change.site, change.product});
  TALLY_CHECK(found != stock_.end());
  Days& days = found->second;
  TALLY_CHECK(After(days, change.date) > 0);
  const size_t day = After(days, change.date) - 1;
  TALLY_CHECK(days[day].date == change.date);
  AddFrom(days, day, -int128{change.delta.units()});
  if (--days[day].changes > 0) return;
  days.erase(days.begin() + static_cast<ptrdiff_t>(day));
  if (days.empty()) stock_.erase(found);
}

int128 BookStock::At(SiteIndex site, ProductIndex product, Date date) const {
  const auto found = stock_.find({site, product});
  if (found == stock_.end()) return 0;
  const size_t after = After(found->second, date);
  return after == 0 ? 0 : found->second[after - 1].balance;
}

}  // namespace tally
