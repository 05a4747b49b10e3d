// The column families of the entries' tables, see entries.h.

#ifndef TALLY_ENGINE_INDEX_ENTRY_FAMILIES_H_
#define TALLY_ENGINE_INDEX_ENTRY_FAMILIES_H_

#include "rocksdb/db.h"

namespace tally {

struct EntryFamilies {
  rocksdb::ColumnFamilyHandle* rows = nullptr;
  rocksdb::ColumnFamilyHandle* dates = nullptr;
  rocksdb::ColumnFamilyHandle* sums = nullptr;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_ENTRY_FAMILIES_H_
