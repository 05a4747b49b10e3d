// Where a ledger keeps what must outlast it: its log and what is derived from
// the log.

#ifndef TALLY_ENGINE_LEDGER_STORAGE_H_
#define TALLY_ENGINE_LEDGER_STORAGE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/ledger/tables.h"
#include "engine/log/journal.h"
#include "engine/log/note_table.h"
#include "engine/snapshot/snapshot_folder.h"
#include "rocksdb/env.h"

namespace tally {

class Database;

struct Storage {
  std::unique_ptr<Journal> journal;
  std::unique_ptr<Tables> tables;
  // Of signed notes about the log; lives in the journal, so it goes first.
  // Where there is none, a ledger keeps them in memory.
  std::unique_ptr<NoteTable> notes;
  // The journal's RocksDB directory, to be backed up; nullptr in memory.
  Database* log_database = nullptr;
  // Of the state that the log led to; nullptr: none are made.
  std::unique_ptr<SnapshotFolder> snapshots;
};

// Of a ledger that lives as long as its process.
Storage MemoryStorage();

// Below `directory`, which is made where it is missing: `log` and `index`,
// two RocksDB directories, and `snapshots`. `new_ledger` is the identity of a
// ledger that is created. `env` is the file system that RocksDB sees; nullptr:
// the machine's own. It must outlive what is opened.
absl::StatusOr<Storage> OpenStorage(const std::string& directory,
                                    const Uuid& new_ledger,
                                    rocksdb::Env* env = nullptr);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_STORAGE_H_
