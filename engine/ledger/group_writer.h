// Makes groups durable, one after the other, and stops for good at the first
// that fails: what became of it is unknown until the log is opened again, so
// nothing may be decided on top of it. One thread at a time writes; anyone may
// ask for the failure and the figures.

#ifndef TALLY_ENGINE_LEDGER_GROUP_WRITER_H_
#define TALLY_ENGINE_LEDGER_GROUP_WRITER_H_

#include <atomic>
#include <cstdint>

#include "absl/status/status.h"
#include "engine/base/clock.h"
#include "engine/base/mutex.h"
#include "engine/ledger/commit_group.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/publisher.h"
#include "engine/ledger/storage.h"

namespace tally {

class GroupWriter {
 public:
  // All must outlive it.
  GroupWriter(const Storage* storage, Publisher* publisher, const Clock* clock)
      : storage_(storage), publisher_(publisher), clock_(clock) {}

  // Appends the group, publishes it and answers its batches. False, from the
  // first failure on: the batches are then answered with it.
  bool Write(CommitGroup* group) TALLY_EXCLUDES(mutex_);

  // OK, or why nothing is written any more.
  absl::Status failure() const TALLY_EXCLUDES(mutex_);
  LedgerFigures figures() const TALLY_EXCLUDES(mutex_);

 private:
  absl::Status Append(const CommitGroup& group);
  void Latch(const absl::Status& cause) TALLY_EXCLUDES(mutex_);
  void Count(const CommitGroup& group, int64_t append_micros)
      TALLY_EXCLUDES(mutex_);

  const Storage* const storage_;
  Publisher* const publisher_;
  const Clock* const clock_;

  mutable Mutex mutex_;
  absl::Status failure_ TALLY_GUARDED_BY(mutex_);
  LedgerFigures figures_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_GROUP_WRITER_H_
