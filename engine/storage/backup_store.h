// A folder of backups of one database, by RocksDB's BackupEngine: files that
// backups have in common are there once, so another backup copies only what
// is new. Beside RocksDB's list of a backup's files lies its seal, the
// SHA-256 of that list: the list has checksums of the files, the seal one of
// the list, so damage anywhere is found.
//
// One process at a time adds to a folder; any number may read it.

#ifndef TALLY_ENGINE_STORAGE_BACKUP_STORE_H_
#define TALLY_ENGINE_STORAGE_BACKUP_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/database.h"
#include "rocksdb/env.h"

namespace rocksdb {
class BackupEngineReadOnly;
}  // namespace rocksdb

namespace tally {

using BackupId = uint32_t;

struct StoredBackup {
  BackupId id = 0;
  int64_t bytes = 0;  // of its files, those that it shares included
  int64_t files = 0;
  std::string note;  // what was written with it
  // To open it where it lies, for reading.
  std::string path;
  std::shared_ptr<rocksdb::Env> env;
};

// Adds a backup of what `database` holds at this moment, or a little later,
// with a note. Writers go on meanwhile. FAILED_PRECONDITION while another one
// is being added.
absl::StatusOr<BackupId> AddBackup(const std::string& folder,
                                   const std::string& note, Database* database);

// Removes all backups older than the newest `keep` that are whole, with the
// files that no other one has; the removed ones, oldest first. The newest is
// read whole before: where it is damaged, DATA_LOSS, and nothing is removed.
// FAILED_PRECONDITION while a backup is being added.
absl::StatusOr<std::vector<BackupId>> RemoveOldBackups(
    const std::string& folder, int64_t keep);

class BackupStore {
 public:
  // NOT_FOUND where there is no such folder, or no backup in it.
  static absl::StatusOr<std::unique_ptr<BackupStore>> Open(
      const std::string& folder);
  ~BackupStore();

  // Oldest first; those that can be read.
  const std::vector<StoredBackup>& backups() const { return backups_; }
  // Those whose list of files cannot be read, or that were not finished.
  const std::vector<BackupId>& damaged() const { return damaged_; }

  // 0: the newest. NOT_FOUND, or DATA_LOSS for one of damaged().
  absl::StatusOr<StoredBackup> Find(BackupId id) const;

  // Reads every byte of it. DATA_LOSS names what is damaged.
  absl::Status Verify(BackupId id) const;
  // Copies it into `directory`, checking every byte.
  absl::Status Restore(BackupId id, const std::string& directory) const;

 private:
  BackupStore(std::string folder,
              std::unique_ptr<rocksdb::BackupEngineReadOnly> engine);
  void ReadList();
  absl::Status CheckSeal(BackupId id) const;

  const std::string folder_;
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine_;
  std::vector<StoredBackup> backups_;
  std::vector<BackupId> damaged_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STORAGE_BACKUP_STORE_H_
