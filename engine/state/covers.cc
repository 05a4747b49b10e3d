#include "engine/state/covers.h"

namespace tally {

void Covers::Apply(const CoverChange& change) {
  Periods& periods = covers_[change.key];
  Entries& entries = periods[change.period];
  const Entry entry{change.side, change.vintage_year, change.date};
  int128& sum = entries[entry];
  sum += change.delta.units();
  // What is taken back leaves no trace.
  if (sum == 0) entries.erase(entry);
  if (entries.empty()) periods.erase(change.period);
  if (periods.empty()) covers_.erase(change.key);
}

int128 Covers::RetiredFor(const HolderKey& key, const DateRange& period,
                          int32_t vintage_year_max) const {
  const auto periods = covers_.find(key);
  if (periods == covers_.end()) return 0;
  const auto entries = periods->second.find(period);
  if (entries == periods->second.end()) return 0;
  int128 sum = 0;
  for (const auto& [entry, quantity] : entries->second) {
    if (entry.side != CoverSide::kRetired) continue;
    if (entry.vintage_year > vintage_year_max) break;
    sum += quantity;
  }
  return sum;
}

int128 Covers::Within(const HolderKey& key, const DateRange& period,
                      CoverSide side, Date as_at) const {
  const auto periods = covers_.find(key);
  if (periods == covers_.end()) return 0;
  int128 sum = 0;
  for (auto at = periods->second.lower_bound({period.first, Date::Min()});
       at != periods->second.end() && at->first.first <= period.last; ++at) {
    if (at->first.last > period.last) continue;
    for (const auto& [entry, quantity] : at->second) {
      if (entry.side == side && entry.date <= as_at) sum += quantity;
    }
  }
  return sum;
}

}  // namespace tally
