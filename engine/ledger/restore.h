// Brings a backup back into a new data directory, whole or up to a position.
//
// What comes of it is one of two things. With the newest checkpoint that was
// published, which it must cover, it is the same log and goes on under the
// same name. Without, it is a log of its own: another identity, and never a
// signature under a name that the former one signed with. For whoever holds a
// checkpoint of the former log would else be shown two histories under it.

#ifndef TALLY_ENGINE_LEDGER_RESTORE_H_
#define TALLY_ENGINE_LEDGER_RESTORE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/ledger/backup_note.h"
#include "engine/log/merkle.h"
#include "engine/model/indices.h"

namespace tally {

struct RestoreQuestion {
  std::string folder;
  uint32_t id = 0;        // 0: the newest
  std::string directory;  // where to; it must not exist, or be empty
  // The last event that is restored. None: all.
  std::optional<Position> known_at;
  // The newest checkpoint that anybody has of this log, as a signed note: the
  // restored log is the same log. "": it is one of its own.
  std::string published;
  // Its identity, where it is one of its own.
  Uuid new_ledger;
};

struct RestoreAnswer {
  Backup backup;
  Uuid ledger;  // the restored one's identity
  TreeHead head;
};

// FAILED_PRECONDITION where `published` is not covered by what is restored.
// The directory holds nothing where it fails.
absl::StatusOr<RestoreAnswer> RestoreBackup(const RestoreQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_RESTORE_H_
