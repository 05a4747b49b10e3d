// What a backup says of itself: of which ledger it is, and which head of the
// log it holds at least. It is stored with the backup.

#ifndef TALLY_ENGINE_LEDGER_BACKUP_NOTE_H_
#define TALLY_ENGINE_LEDGER_BACKUP_NOTE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/log/merkle.h"
#include "engine/storage/backup_store.h"

namespace tally {

struct Backup {
  uint32_t id = 0;
  Uuid ledger;
  Instant taken_at;
  TreeHead head;
  // The signed note of that head; "" of a log without a key.
  std::string checkpoint;
  int64_t bytes = 0;  // of its files, those it shares with others included
  int64_t files = 0;
};

// A line each for what it is, whose, when (microseconds), how many events and
// their root; below them the signed note.
std::string FormatBackupNote(const Backup& backup);
// DATA_LOSS for what is no such note.
absl::StatusOr<Backup> ParseBackup(const StoredBackup& stored);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_BACKUP_NOTE_H_
