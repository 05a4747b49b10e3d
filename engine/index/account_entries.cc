#include "engine/index/account_entries.h"

#include "engine/base/status_macros.h"
#include "engine/index/entry_sums.h"

namespace tally {

AccountEntries::AccountEntries(const Database& database,
                               const EntryFamilies& families,
                               const Tails& tails, AccountIndex account)
    : database_(database),
      families_(families),
      account_(account),
      newest_(tails.EntriesOf(account)),
      rows_(database, families.rows, account) {}

absl::Status AccountEntries::Open() {
  ASSIGN_OR_RETURN(stored_, rows_.Count());
  return absl::OkStatus();
}

absl::StatusOr<EntryRow> AccountEntries::Read(int64_t number) {
  if (number < stored_) return rows_.Read(number);
  return newest_.rows[static_cast<size_t>(number - newest_.first_number)];
}

absl::StatusOr<int64_t> AccountEntries::CountKnown(Position known_end) {
  // The newest first: that is what is asked for most.
  int64_t bound = count();
  int64_t known = 0;
  int64_t probe = bound - 1;
  while (known < bound) {
    ASSIGN_OR_RETURN(const EntryRow row, Read(probe));
    if (row.position < known_end) {
      known = probe + 1;
    } else {
      bound = probe;
    }
    probe = known + (bound - known) / 2;
  }
  return known;
}

absl::StatusOr<Quantity> AccountEntries::SumOfFirst(int64_t count, Date date) {
  uint64_t sum = 0;
  int64_t at = 0;
  SumReader sums(database_, families_.sums);
  for (int level = kBlockLevels - 1; level >= 0; --level) {
    const int64_t size = BlockSize(level);
    for (; at + size <= std::min(count, stored_); at += size) {
      ASSIGN_OR_RETURN(
          const uint64_t block,
          sums.SumAt(account_, {.level = level, .index = at / size}, date));
      sum += block;
    }
  }
  for (; at < count; ++at) {
    ASSIGN_OR_RETURN(const EntryRow row, Read(at));
    if (row.date <= date) sum += static_cast<uint64_t>(row.delta.units());
  }
  return Quantity(static_cast<int64_t>(sum));
}

}  // namespace tally
