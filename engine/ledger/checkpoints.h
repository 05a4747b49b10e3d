// Signs the tree heads of a ledger's log, and keeps what was signed.
//
// A checkpoint speaks of durable records alone, and is durable itself before
// anybody sees it. Sizes only grow, so the first checkpoint that covers a
// record stays the first. It is made when somebody calls Make(): a timer, or
// a question that needs one. Thread-safe.

#ifndef TALLY_ENGINE_LEDGER_CHECKPOINTS_H_
#define TALLY_ENGINE_LEDGER_CHECKPOINTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/mutex.h"
#include "engine/ledger/signing_options.h"
#include "engine/ledger/storage.h"
#include "engine/log/checkpoint_table.h"
#include "engine/log/note_key.h"
#include "engine/model/indices.h"

namespace tally {

// What happened to the key when the ledger was opened, to be told to whoever
// runs it.
struct KeyNotice {
  std::string verifier_key;  // empty: the ledger has no key
  bool was_made = false;     // there was no key file
  bool is_new = false;       // the log never signed with it before
  // The keys that it used before, oldest first.
  std::vector<std::string> former;
};

class Checkpoints {
 public:
  // Must outlive it.
  Checkpoints(const Storage* storage, SigningOptions options);

  // Once, before anything else: finds the key or makes it, and holds the
  // newest checkpoint to the log. DATA_LOSS when the log is not the one that
  // was signed; FAILED_PRECONDITION when the key is another log's.
  absl::Status Open();
  const KeyNotice& notice() const { return notice_; }

  // The checkpoint of all that is durable; the same again where nothing came
  // since. FAILED_PRECONDITION of a ledger without a key.
  absl::StatusOr<SignedCheckpoint> Make() TALLY_EXCLUDES(mutex_);
  // The first that covers the position; made where there is none yet.
  absl::StatusOr<SignedCheckpoint> Covering(Position position)
      TALLY_EXCLUDES(mutex_);
  // NOT_FOUND where that size was never signed.
  absl::StatusOr<SignedCheckpoint> OfSize(int64_t size) const;
  absl::StatusOr<std::vector<LogKey>> Keys() const { return table_.Keys(); }
  const CheckpointTable& table() const { return table_; }

  // Adds a witness's line to the checkpoint of that size, and answers it with
  // all of them. INVALID_ARGUMENT for what is not the signature of a witness
  // that the ledger knows.
  absl::StatusOr<SignedCheckpoint> AddCosignature(int64_t size,
                                                  const std::string& line)
      TALLY_EXCLUDES(mutex_);

 private:
  absl::Status OpenKey();
  absl::Status NoteKey();
  absl::StatusOr<int64_t> CheckNotFormer(const std::string& name) const;
  absl::Status CheckNewest() const;
  absl::StatusOr<SignedCheckpoint> Sign(const TreeHead& head);
  absl::StatusOr<NoteSignature> CheckWitness(const SignedCheckpoint& checkpoint,
                                             const std::string& line) const;

  const Storage* const storage_;
  const SigningOptions options_;
  CheckpointTable table_;
  std::optional<SigningKey> key_;  // constant after Open()
  std::vector<VerifierKey> witnesses_;
  KeyNotice notice_;
  // One at a time signs and stores. It is held for a write to the disk, which
  // is what it is for: nobody may sign a smaller tree after a larger one.
  Mutex mutex_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_CHECKPOINTS_H_
