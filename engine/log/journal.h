// The journal: the one ordered, durable sequence of records that everything
// else follows from. It knows nothing of what records mean.
//
// Append() is called by one thread; everything else from any thread, at any
// time. Nobody sees a record before it is durable. The interface is what a
// replicated journal needs, too: an append names the position it expects, so
// that a writer that was overtaken is fenced, and every group carries its
// writer's epoch and how far the log was stable when it was written.

#ifndef TALLY_ENGINE_LOG_JOURNAL_H_
#define TALLY_ENGINE_LOG_JOURNAL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/sha256.h"
#include "engine/base/uuid.h"
#include "engine/log/group.h"
#include "engine/log/merkle.h"
#include "engine/log/tile_tree.h"
#include "engine/model/indices.h"

namespace tally {

// What a group says of itself, stored with each part of it.
struct GroupHeader {
  // Grows with every writer that takes the log over.
  uint64_t writer_epoch = 0;
  Position first = 0;
  int64_t count = 0;
  // Positions below it were known to be durable when this was written. A
  // follower of a replicated log applies no further than the largest it saw.
  Position stable_end = 0;
  // Which version of the rules decided these records.
  uint32_t rules_version = 0;
  Instant recorded_at;  // of the last record
  // Of the tree before the group, and with it.
  Sha256Digest previous_root{};
  Sha256Digest root{};

  Position end() const { return first + count; }
  friend bool operator==(const GroupHeader&, const GroupHeader&) = default;
};

// Goes through records in order. Used by one thread; must not outlive its
// journal.
class JournalReader {
 public:
  virtual ~JournalReader() = default;

  // To the next record; false after the last one that was durable when the
  // reader was made. DATA_LOSS names the position and the key at which the
  // log is damaged: nothing is ever skipped.
  virtual absl::StatusOr<bool> Next() = 0;

  // Of the record it is at; the views hold until the next Next().
  virtual Position position() const = 0;
  virtual std::string_view record() const = 0;
  virtual const GroupHeader& group() const = 0;
};

class Journal {
 public:
  virtual ~Journal() = default;

  // Makes the group durable: OK means that it will be read again whatever
  // happens to the process. ABORTED when group.first() is not head().size.
  // After any other error the outcome is unknown, and the journal takes no
  // more appends: they answer UNAVAILABLE with the first error, until the
  // journal is opened again.
  virtual absl::Status Append(const Group& group) = 0;

  // The durable records and their root.
  virtual TreeHead head() const = 0;
  // OK, or why no more appends are taken.
  virtual absl::Status failure() const = 0;

  // From `from` on. OUT_OF_RANGE beyond head().size.
  virtual absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const = 0;
  // One record. OUT_OF_RANGE where there is none.
  virtual absl::StatusOr<std::string> ReadRecord(Position position) const = 0;

  // The tree over the durable records, for proofs and to be served as tiles.
  virtual const TileTree& tree() const = 0;

  // The identity that the log was created with.
  virtual Uuid ledger() const = 0;
  virtual uint64_t writer_epoch() const = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_JOURNAL_H_
