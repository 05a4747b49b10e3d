// The signed checkpoints of a log, as they are stored with it: each tree head
// that was signed, the witnesses' signatures of it, and every key that the log
// ever signed with. Nothing of it is ever changed or taken away, so that what
// was once handed out can be handed out again, byte for byte.
//
// These are checkpoints as transparency logs have them; checkpoints of state
// are something else. docs/log_format.md has the rows. Thread-safe, but for
// one thread at a time that writes.

#ifndef TALLY_ENGINE_LOG_CHECKPOINT_TABLE_H_
#define TALLY_ENGINE_LOG_CHECKPOINT_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/uuid.h"
#include "engine/log/note_key.h"
#include "engine/log/note_table.h"
#include "engine/log/tree_note.h"

namespace tally {

struct SignedCheckpoint {
  TreeNote tree;
  // As the log signed it, for ever the same.
  std::string note;
  // Lines that witnesses have added since, to stand below it.
  std::vector<std::string> cosignatures;

  // Both.
  std::string WithCosignatures() const;
};

// A key that the log signs with, from the tree of so many leaves on.
struct LogKey {
  int64_t from_size = 0;
  VerifierKey key;
};

// The log was another one up to here: a copy of it was restored, and goes on
// as a log of its own. What it signs must not be taken for the other's.
struct LogFork {
  int64_t size = 0;  // leaves that both have
  Uuid former;       // the ledger that it was
  int64_t keys = 0;  // of Keys(), how many are the former log's

  friend bool operator==(const LogFork&, const LogFork&) = default;
};

// Cosignatures of one checkpoint.
inline constexpr size_t kCosignaturesMax = 32;

class CheckpointTable {
 public:
  // Must outlive it.
  explicit CheckpointTable(NoteTable* rows) : rows_(rows) {}

  // Every reading method answers DATA_LOSS for a row that is damaged.

  // That of the least size at or above `size`; nullopt where there is none.
  absl::StatusOr<std::optional<SignedCheckpoint>> AtOrAbove(int64_t size) const;
  absl::StatusOr<std::optional<SignedCheckpoint>> Newest() const;
  // In the order in which they were used; the last one is in use.
  absl::StatusOr<std::vector<LogKey>> Keys() const;
  // Oldest first; none in a log that was never restored as another.
  absl::StatusOr<std::vector<LogFork>> Forks() const;

  // Durable once it returns. None of this size is there yet.
  absl::Status Put(const TreeNote& tree, const std::string& note);
  absl::Status PutCosignature(int64_t size, const NoteSignature& signature);
  absl::Status PutKey(const LogKey& key);
  absl::Status PutFork(const LogFork& fork);
  // All that is about the first `size` records, into a table that is empty.
  absl::Status CopyTo(int64_t size, NoteTable* to) const;

 private:
  absl::StatusOr<SignedCheckpoint> FromRow(const NoteRow& row) const;

  NoteTable* const rows_;
};

// OK when one of the keys signed the note, and the tree is as it says.
// DATA_LOSS else.
absl::Status CheckSigned(const SignedCheckpoint& checkpoint,
                         const std::vector<LogKey>& keys);

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_CHECKPOINT_TABLE_H_
