#include "engine/state/flows.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

// The place of the first element that is not before `date`. Most changes are
// dated last, so the end is looked at first.
template <typename List, typename DateOf>
auto PlaceOf(List& list, Date date, DateOf date_of) {
  if (list.empty() || date_of(list.back()) < date) return list.end();
  return std::lower_bound(list.begin(), list.end(), date,
                          [&](const auto& element, Date wanted) {
                            return date_of(element) < wanted;
                          });
}

}  // namespace

void FlowSums::Add(const FlowSums& other) {
  certified_in += other.certified_in;
  all_in += other.all_in;
  certified_out += other.certified_out;
  all_out += other.all_out;
}

void FlowSums::Subtract(const FlowSums& other) {
  certified_in -= other.certified_in;
  all_in -= other.all_in;
  certified_out -= other.certified_out;
  all_out -= other.all_out;
}

void Flows::Apply(const FlowChange& change) {
  Series& series = flows_[change.key];
  const Date first = change.date.MonthStart();
  auto month = PlaceOf(series, first, [](const Month& m) { return m.first; });
  if (month == series.end() || month->first != first) {
    month = series.insert(month, Month{.first = first});
  }
  month->sums.Add(change.sums);
  std::vector<Day>& days = month->days;
  auto day = PlaceOf(days, change.date, [](const Day& d) { return d.date; });
  if (day == days.end() || day->date != change.date) {
    day = days.insert(day, Day{.date = change.date});
  }
  day->sums.Add(change.sums);
  ++day->changes;
}

void Flows::TakeBack(const FlowChange& change) {
  const auto series = flows_.find(change.key);
  TALLY_CHECK(series != flows_.end());
  const auto month = PlaceOf(series->second, change.date.MonthStart(),
                             [](const Month& m) { return m.first; });
  TALLY_CHECK(month != series->second.end());
  std::vector<Day>& days = month->days;
  const auto day =
      PlaceOf(days, change.date, [](const Day& d) { return d.date; });
  TALLY_CHECK(day != days.end() && day->date == change.date);
  month->sums.Subtract(change.sums);
  day->sums.Subtract(change.sums);
  if (--day->changes > 0) return;
  days.erase(day);
  if (days.empty()) series->second.erase(month);
  if (series->second.empty()) flows_.erase(series);
}

std::vector<MonthFlow> Flows::Months(const FlowKey& key,
                                     const DateRange& days) const {
  std::vector<MonthFlow> months;
  const auto series = flows_.find(key);
  if (series == flows_.end()) return months;
  for (auto month = PlaceOf(series->second, days.first.MonthStart(),
                            [](const Month& m) { return m.first; });
       month != series->second.end() && month->first <= days.last; ++month) {
    if (days.first <= month->first && month->first.MonthEnd() <= days.last) {
      months.push_back({month->first, month->sums});
      continue;
    }
    MonthFlow part{.month = month->first};
    bool any = false;
    for (const Day& day : month->days) {
      if (!days.Contains(day.date)) continue;
      part.sums.Add(day.sums);
      any = true;
    }
    if (any) months.push_back(part);
  }
  return months;
}

}  // namespace tally
