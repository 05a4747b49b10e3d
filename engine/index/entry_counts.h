// How many entries each account has: the next one's number. Of the thread
// that adds entries.

#ifndef TALLY_ENGINE_INDEX_ENTRY_COUNTS_H_
#define TALLY_ENGINE_INDEX_ENTRY_COUNTS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/index/rows.h"
#include "engine/model/indices.h"
#include "engine/storage/database.h"

namespace tally {

class EntryCounts {
 public:
  // `rows` is the family of entries by number.
  EntryCounts(const Database* database, rocksdb::ColumnFamilyHandle* rows)
      : database_(database), rows_(rows) {}

  // Numbers the next entries, in the order of the log. After an error the
  // counts are of no use until they are cleared.
  absl::StatusOr<std::vector<int64_t>> Number(
      std::span<const EntryRow> entries);

  // What is stored counts, and nothing else.
  void Clear();

 private:
  // Of an account's, -1 where not known yet.
  absl::StatusOr<int64_t*> CountOf(AccountIndex account);
  absl::StatusOr<int64_t> CountStoredAccounts() const;

  const Database* database_;
  rocksdb::ColumnFamilyHandle* rows_;
  std::vector<int64_t> counts_;
  // Accounts that had any when it began to count, -1 where not known: what
  // came later was counted here.
  int64_t stored_accounts_ = -1;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_ENTRY_COUNTS_H_
