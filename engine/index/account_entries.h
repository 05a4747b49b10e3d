// All entries of one account as they were at one moment: those on disk and,
// after them, those that are in memory still.

#ifndef TALLY_ENGINE_INDEX_ACCOUNT_ENTRIES_H_
#define TALLY_ENGINE_INDEX_ACCOUNT_ENTRIES_H_

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/index/entry_families.h"
#include "engine/index/stored_entries.h"
#include "engine/index/tails.h"
#include "engine/model/quantity.h"

namespace tally {

class AccountEntries {
 public:
  AccountEntries(const Database& database, const EntryFamilies& families,
                 const Tails& tails, AccountIndex account);

  // Finds out how many there are. First of all.
  absl::Status Open();

  int64_t count() const { return std::max(stored_, newest_.end()); }
  // Those on disk; their sums and dates are there, too.
  int64_t stored() const { return stored_; }
  // Those in memory, some of which may be on disk by now.
  const NumberedEntries& newest() const { return newest_; }

  absl::StatusOr<EntryRow> Read(int64_t number);
  // How many are of positions below `known_end`.
  absl::StatusOr<int64_t> CountKnown(Position known_end);
  // Of the first `count`, those dated `date` or earlier.
  absl::StatusOr<Quantity> SumOfFirst(int64_t count, Date date);

 private:
  const Database& database_;
  const EntryFamilies families_;
  const AccountIndex account_;
  // Before the rows on disk are looked at, so that none is missed.
  const NumberedEntries newest_;
  StoredEntries rows_;
  int64_t stored_ = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_ACCOUNT_ENTRIES_H_
