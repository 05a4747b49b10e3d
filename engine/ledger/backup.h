// Backups of a ledger: its log, which is all that the rest follows from, with
// the tree head that was signed for it. The index is left out, it is made
// again from the log; so is the signing key, because who reads a backup must
// not be able to sign in the log's name.
//
// A backup holds everything up to its head and may go on a little further:
// what came while it was made. restore.h brings it back.

#ifndef TALLY_ENGINE_LEDGER_BACKUP_H_
#define TALLY_ENGINE_LEDGER_BACKUP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/clock.h"
#include "engine/ledger/backup_note.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/verification.h"

namespace tally {

// Of a ledger that goes on meanwhile. FAILED_PRECONDITION of one in memory,
// or while another backup is added to the folder.
absl::StatusOr<Backup> CreateBackup(const Ledger& ledger,
                                    const std::string& folder,
                                    const Clock& clock);
// Of a data directory that nothing has open. `key_file` signs the head, if
// there is such a file.
absl::StatusOr<Backup> CreateBackupOf(const std::string& directory,
                                      const std::string& key_file,
                                      const std::string& folder,
                                      const Clock& clock);

// The folder of the log's backups, below that of all.
std::string LogBackupsOf(const std::string& folder);

struct BackupList {
  std::vector<Backup> backups;  // oldest first
  std::vector<uint32_t> damaged;
};

absl::StatusOr<BackupList> ListBackups(const std::string& folder);

// Removes all but the newest `keep`, at least 1; the numbers of those removed.
// DATA_LOSS where the newest is damaged: then all stay.
absl::StatusOr<std::vector<uint32_t>> PurgeBackups(const std::string& folder,
                                                   int64_t keep);

// Whether `path` is a folder of backups.
bool IsBackupFolder(const std::string& path);

// Every byte of its files, then its log as VerifyDirectory() does it. 0: the
// newest.
absl::StatusOr<VerifyReport> VerifyBackup(const std::string& folder,
                                          uint32_t id, VerifyOptions options);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_BACKUP_H_
