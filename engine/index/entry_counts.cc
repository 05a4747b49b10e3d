#include "engine/index/entry_counts.h"

#include <memory>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/index/entry_keys.h"
#include "engine/index/stored_entries.h"
#include "engine/storage/rocks_status.h"

namespace tally {

absl::StatusOr<std::vector<int64_t>> EntryCounts::Number(
    std::span<const EntryRow> entries) {
  std::vector<int64_t> numbers;
  numbers.reserve(entries.size());
  for (const EntryRow& entry : entries) {
    ASSIGN_OR_RETURN(int64_t * count, CountOf(entry.account));
    numbers.push_back((*count)++);
  }
  return numbers;
}

void EntryCounts::Clear() {
  counts_.clear();
  stored_accounts_ = -1;
}

absl::StatusOr<int64_t*> EntryCounts::CountOf(AccountIndex account) {
  TALLY_CHECK(account.valid());
  if (stored_accounts_ < 0) {
    ASSIGN_OR_RETURN(stored_accounts_, CountStoredAccounts());
  }
  const auto at = static_cast<size_t>(account.value());
  if (at >= counts_.size()) counts_.resize(at + 1 + at / 2, -1);
  if (counts_[at] < 0) {
    counts_[at] = 0;
    if (account.value() < stored_accounts_) {
      StoredEntries stored(*database_, rows_, account);
      ASSIGN_OR_RETURN(counts_[at], stored.Count());
    }
  }
  return &counts_[at];
}

absl::StatusOr<int64_t> EntryCounts::CountStoredAccounts() const {
  const std::unique_ptr<rocksdb::Iterator> iterator(
      database_->rocks()->NewIterator(rocksdb::ReadOptions(), rows_));
  iterator->SeekToLast();
  RETURN_IF_ERROR(FromRocks(iterator->status(), "read the entries"));
  if (!iterator->Valid()) return 0;
  FixedReader key(ToStd(iterator->key()));
  return static_cast<int64_t>(key.Big(kAccountBytes)) + 1;
}

}  // namespace tally
