#include "engine/index/statement_cursor.h"

#include <algorithm>

#include "engine/index/entry_keys.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Those of the entries in memory alone that lie in the range, in order.
std::vector<StatementPlace> PlacesOf(const AccountEntries& entries,
                                     StatementPlace first, Date last,
                                     int64_t max) {
  std::vector<StatementPlace> places;
  int64_t number = entries.newest().first_number;
  for (const EntryRow& row : entries.newest().rows) {
    const StatementPlace place{.date = row.date, .number = number++};
    if (place.number < entries.stored()) continue;
    if (place >= first && place.date <= last) places.push_back(place);
  }
  if (std::ssize(places) > max) {
    std::nth_element(places.begin(), places.begin() + max, places.end());
    places.resize(static_cast<size_t>(max));
  }
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

StatementCursor::StatementCursor(const Database& database,
                                 const EntryFamilies& families,
                                 const AccountEntries& entries,
                                 AccountIndex account, StatementPlace first,
                                 Date last, int64_t newest_max)
    : account_(account),
      prefix_(AccountKey(account)),
      stored_(entries.stored()),
      last_(last),
      dates_(database.rocks()->NewIterator(rocksdb::ReadOptions(),
                                           families.dates)),
      newest_(PlacesOf(entries, first, last, newest_max)) {
  dates_->Seek(DateKey(account, first.date, first.number));
  LookAtStored();
}

StatementPlace StatementCursor::place() const {
  if (!is_stored_) return newest_[newest_at_];
  if (newest_at_ == newest_.size()) return stored_at_;
  return std::min(stored_at_, newest_[newest_at_]);
}

void StatementCursor::Next() {
  if (!is_stored_ || place() != stored_at_) {
    ++newest_at_;
    return;
  }
  dates_->Next();
  LookAtStored();
}

void StatementCursor::LookAtStored() {
  for (; dates_->Valid() && dates_->key().starts_with(prefix_);
       dates_->Next()) {
    FixedReader key(ToStd(dates_->key()).substr(prefix_.size()));
    stored_at_.date = TakeDate(&key);
    stored_at_.number = static_cast<int64_t>(key.Big(kNumberBytes));
    is_stored_ = stored_at_.date <= last_;
    // What came to the disk since the account was opened is among the newest.
    if (!is_stored_ || stored_at_.number < stored_) return;
  }
  is_stored_ = false;
}

absl::Status StatementCursor::status() const {
  return FromRocks(dates_->status(),
                   fmt::format("read the entries of {}", account_.value()));
}

}  // namespace tally
