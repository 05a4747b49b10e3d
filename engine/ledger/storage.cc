#include "engine/ledger/storage.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/index/index.h"
#include "engine/ledger/index_tables.h"
#include "engine/ledger/memory_tables.h"
#include "engine/log/memory_journal.h"
#include "engine/log/rocks_journal.h"
#include "engine/rules/rules_version.h"
#include "fmt/format.h"

namespace tally {

Storage MemoryStorage() {
  return {.journal = std::make_unique<MemoryJournal>(),
          .tables = std::make_unique<MemoryTables>(),
          .notes = std::make_unique<MemoryNoteTable>(),
          .snapshots = nullptr};
}

absl::StatusOr<Storage> OpenStorage(const std::string& directory,
                                    const Uuid& new_ledger, rocksdb::Env* env) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    return absl::ErrnoToStatus(
        error.value(), ToAbsl(fmt::format("cannot make {}", directory)));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<RocksJournal> journal,
                   RocksJournal::Open(directory + "/log",
                                      {.mode = OpenMode::kCreateIfMissing,
                                       .new_ledger = new_ledger,
                                       .rules_version = kRulesVersion,
                                       .env = env}));
  ASSIGN_OR_RETURN(
      std::unique_ptr<Index> index,
      Index::OpenOrRemake(directory + "/index",
                          {.ledger = journal->ledger(), .env = env}));
  std::unique_ptr<NoteTable> notes = journal->OpenNotes();
  Database* const log_database = journal->database();
  return Storage{.journal = std::move(journal),
                 .tables = std::make_unique<IndexTables>(std::move(index)),
                 .notes = std::move(notes),
                 .log_database = log_database,
                 .snapshots = std::make_unique<SnapshotFolder>(
                     directory + "/snapshots", env)};
}

}  // namespace tally
