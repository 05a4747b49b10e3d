#include "engine/ledger/backup.h"

#include <filesystem>
#include <memory>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/storage.h"
#include "engine/log/rocks_journal.h"
#include "engine/storage/backup_store.h"

namespace tally {
namespace {

absl::StatusOr<Backup> AddTo(const std::string& folder, Backup backup,
                             Database* database) {
  ASSIGN_OR_RETURN(backup.id, AddBackup(LogBackupsOf(folder),
                                        FormatBackupNote(backup), database));
  ASSIGN_OR_RETURN(const auto store, BackupStore::Open(LogBackupsOf(folder)));
  ASSIGN_OR_RETURN(const StoredBackup stored, store->Find(backup.id));
  return ParseBackup(stored);
}

// The head that is signed for, and where there is no key, that of the log.
absl::Status TakeHead(const absl::StatusOr<SignedCheckpoint>& signed_head,
                      const Journal& journal, Backup* backup) {
  if (signed_head.ok()) {
    backup->head = signed_head->tree.head;
    backup->checkpoint = signed_head->note;
    return absl::OkStatus();
  }
  if (!absl::IsFailedPrecondition(signed_head.status())) {
    return signed_head.status();
  }
  backup->head = journal.head();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Backup> CreateBackup(const Ledger& ledger,
                                    const std::string& folder,
                                    const Clock& clock) {
  Database* const database = ledger.reader().log_database();
  if (database == nullptr) {
    return absl::FailedPreconditionError(
        "a ledger in memory has nothing to back up");
  }
  const Journal& journal = ledger.reader().journal();
  Backup backup{.ledger = journal.ledger(), .taken_at = clock.Now()};
  RETURN_IF_ERROR(TakeHead(ledger.checkpoints().Make(), journal, &backup));
  return AddTo(folder, std::move(backup), database);
}

absl::StatusOr<Backup> CreateBackupOf(const std::string& directory,
                                      const std::string& key_file,
                                      const std::string& folder,
                                      const Clock& clock) {
  Storage storage;
  ASSIGN_OR_RETURN(auto journal, RocksJournal::Open(directory + "/log", {}));
  Database* const database = journal->database();
  storage.notes = journal->OpenNotes();
  storage.journal = std::move(journal);
  const bool has_key = std::filesystem::exists(key_file);
  Checkpoints checkpoints(&storage, {.key_file = has_key ? key_file : "",
                                     .new_key = {},
                                     .origin = {},
                                     .witnesses = {}});
  RETURN_IF_ERROR(checkpoints.Open());
  Backup backup{.ledger = storage.journal->ledger(), .taken_at = clock.Now()};
  RETURN_IF_ERROR(TakeHead(checkpoints.Make(), *storage.journal, &backup));
  return AddTo(folder, std::move(backup), database);
}

std::string LogBackupsOf(const std::string& folder) { return folder + "/log"; }

absl::StatusOr<std::vector<uint32_t>> PurgeBackups(const std::string& folder,
                                                   int64_t keep) {
  return RemoveOldBackups(LogBackupsOf(folder), keep);
}

bool IsBackupFolder(const std::string& path) {
  return std::filesystem::is_directory(LogBackupsOf(path) + "/meta");
}

absl::StatusOr<BackupList> ListBackups(const std::string& folder) {
  ASSIGN_OR_RETURN(const auto store, BackupStore::Open(LogBackupsOf(folder)));
  BackupList list;
  list.damaged = store->damaged();
  for (const StoredBackup& stored : store->backups()) {
    absl::StatusOr<Backup> backup = ParseBackup(stored);
    if (backup.ok()) {
      list.backups.push_back(*std::move(backup));
    } else {
      list.damaged.push_back(stored.id);
    }
  }
  return list;
}

absl::StatusOr<VerifyReport> VerifyBackup(const std::string& folder,
                                          uint32_t id, VerifyOptions options) {
  ASSIGN_OR_RETURN(const auto store, BackupStore::Open(LogBackupsOf(folder)));
  ASSIGN_OR_RETURN(const StoredBackup stored, store->Find(id));
  ASSIGN_OR_RETURN(const Backup backup, ParseBackup(stored));
  const absl::Status whole = store->Verify(stored.id);
  if (!whole.ok() && !absl::IsDataLoss(whole)) return whole;
  const VerifyPlace place{.log = stored.path,
                          .index = {},
                          .snapshots = {},
                          .env = stored.env.get(),
                          .head = backup.head,
                          .checkpoint = backup.checkpoint};
  absl::StatusOr<VerifyReport> report = VerifyLog(place, std::move(options));
  if (whole.ok()) return report;
  // A file that is damaged may keep the log from opening in any way.
  VerifyReport found;
  if (report.ok()) found = *std::move(report);
  found.ledger = backup.ledger;
  found.findings.insert(
      found.findings.begin(),
      {.where = "backup", .what = std::string(MessageOf(whole))});
  return found;
}

}  // namespace tally
