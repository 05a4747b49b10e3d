// Reads the rows of one account that are on disk, by their numbers; in order
// is cheapest.

#ifndef TALLY_ENGINE_INDEX_STORED_ENTRIES_H_
#define TALLY_ENGINE_INDEX_STORED_ENTRIES_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/index/rows.h"
#include "engine/model/indices.h"
#include "engine/storage/database.h"
#include "rocksdb/iterator.h"

namespace tally {

class StoredEntries {
 public:
  StoredEntries(const Database& database, rocksdb::ColumnFamilyHandle* rows,
                AccountIndex account);

  // How many there are.
  absl::StatusOr<int64_t> Count();
  // DATA_LOSS where there is none of that number.
  absl::StatusOr<EntryRow> Read(int64_t number);

 private:
  absl::Status status() const;

  const AccountIndex account_;
  const std::unique_ptr<rocksdb::Iterator> iterator_;
  int64_t at_ = -1;  // the number that the iterator is at
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_STORED_ENTRIES_H_
