// Makes a tail a sorted run: a file of rows for each table, in the order of
// its keys, which the database takes over in one step and never changes.
//
// That costs a sort and one pass, where writing row by row would cost a
// search in a list of millions for each. A run becomes visible, and durable,
// with all its tables and the end that it brings them to, or not at all.

#ifndef TALLY_ENGINE_INDEX_SORTED_RUN_H_
#define TALLY_ENGINE_INDEX_SORTED_RUN_H_

#include "absl/status/status.h"
#include "engine/index/entry_families.h"
#include "engine/index/tail.h"
#include "engine/storage/database.h"

namespace tally {

struct RunFamilies {
  rocksdb::ColumnFamilyHandle* ids = nullptr;
  EntryFamilies entries;
};

absl::Status WriteSortedRun(const Tail& tail, const RunFamilies& families,
                            Database* database);

// RocksDB takes a file over whose first key it could not read, as one without
// keys, and says nothing: DATA_LOSS where there is one. The other files of its
// run are there, so the index has to be made again.
absl::Status CheckRuns(const Database& database);

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_SORTED_RUN_H_
