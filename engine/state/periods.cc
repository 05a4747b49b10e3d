#include "engine/state/periods.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

// The first period that ends on the date or later.
template <typename List>
auto EndingFrom(List& periods, Date date) {
  return std::lower_bound(
      periods.begin(), periods.end(), date,
      [](const Period& period, Date day) { return period.days.last < day; });
}

}  // namespace

std::span<const Period> Periods::Of(const PeriodKey& key) const {
  const auto found = periods_.find(key);
  if (found == periods_.end()) return {};
  return found->second;
}

const Period* Periods::At(const PeriodKey& key, Date date) const {
  const std::span<const Period> periods = Of(key);
  const auto found = EndingFrom(periods, date);
  if (found == periods.end() || !found->days.Contains(date)) return nullptr;
  return &*found;
}

const Period* Periods::LastClosed(const PeriodKey& key) const {
  const std::span<const Period> periods = Of(key);
  // They close in order: the open ones are the last.
  for (size_t i = periods.size(); i-- > 0;) {
    if (periods[i].state != PeriodState::kOpen) return &periods[i];
  }
  return nullptr;
}

std::span<const PeriodKey> Periods::OfScope(ScopeIndex scope) const {
  const auto found = of_scope_.find(scope);
  if (found == of_scope_.end()) return {};
  return found->second;
}

const PeriodDue* Periods::FirstDue(Date today, const PeriodDue* after) const {
  const auto first = after == nullptr ? due_.begin() : due_.upper_bound(*after);
  if (first == due_.end() || first->closes_on > today) return nullptr;
  return &*first;
}

void Periods::NoteDue(const PeriodKey& key, const Period& period) {
  if (period.state != PeriodState::kOpen || period.closes_on == Date::Max()) {
    return;
  }
  due_.insert({period.closes_on, period.days.first, key});
}

void Periods::ForgetDue(const PeriodKey& key, const Period& period) {
  due_.erase({period.closes_on, period.days.first, key});
}

void Periods::Open(const PeriodKey& key, Period period) {
  std::vector<Period>& periods = periods_[key];
  TALLY_CHECK(periods.empty() || periods.back().days.last < period.days.first);
  if (periods.empty()) of_scope_[key.scope].push_back(key);
  NoteDue(key, period);
  periods.push_back(std::move(period));
}

void Periods::RemoveLast(const PeriodKey& key) {
  const auto found = periods_.find(key);
  TALLY_CHECK(found != periods_.end());
  ForgetDue(key, found->second.back());
  found->second.pop_back();
  if (!found->second.empty()) return;
  of_scope_[key.scope].pop_back();
  periods_.erase(found);
}

Period Periods::Replace(const PeriodKey& key, Period period) {
  std::vector<Period>& periods = periods_[key];
  const auto found = EndingFrom(periods, period.days.last);
  TALLY_CHECK(found != periods.end() && found->days == period.days);
  ForgetDue(key, *found);
  NoteDue(key, period);
  return std::exchange(*found, std::move(period));
}

}  // namespace tally
