// The state that readers see: durable events and nothing else.
//
// The thread that writes applies to it, in slices, what the log has taken;
// any number of threads read. A slice never ends within a batch, so that no
// reader sees a part of one. Readers do not hold the writer up for long: once
// it waits, readers that come later wait behind it.

#ifndef TALLY_ENGINE_LEDGER_FOLLOWER_H_
#define TALLY_ENGINE_LEDGER_FOLLOWER_H_

#include <span>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "engine/base/date.h"
#include "engine/base/mutex.h"
#include "engine/ledger/commit_group.h"
#include "engine/ledger/standing.h"
#include "engine/ledger/view.h"
#include "engine/state/state.h"

namespace tally {

class Follower {
 public:
  Follower() = default;

  // Calls `read` with what is durable. It must be short, and must not read
  // again from within.
  void Read(absl::FunctionRef<void(const View&)> read) const
      TALLY_EXCLUDES(gate_, mutex_);
  Standing standing() const TALLY_EXCLUDES(gate_, mutex_);

  // Applies a durable group, slice by slice.
  void Apply(CommitGroup* group) TALLY_EXCLUDES(gate_, mutex_);
  // While the ledger is opened: fills its empty state, says where that
  // stands, applies one plan.
  absl::Status Restore(absl::FunctionRef<absl::Status(State*)> fill)
      TALLY_EXCLUDES(gate_, mutex_);
  void StandAt(Position next, Date latest_date) TALLY_EXCLUDES(gate_, mutex_);
  void Replay(const Plan& plan, Date date) TALLY_EXCLUDES(gate_, mutex_);

 private:
  void ApplySlice(std::span<AcceptedPlan> plans) TALLY_EXCLUDES(gate_, mutex_);
  void ApplyOne(const Plan& plan, Date date) TALLY_REQUIRES(mutex_);

  // Held while a lock of mutex_ is awaited, by readers and by the writer:
  // std::shared_mutex alone would let readers starve the writer.
  mutable Mutex gate_;
  mutable SharedMutex mutex_;
  State state_ TALLY_GUARDED_BY(mutex_);
  Standing standing_ TALLY_GUARDED_BY(mutex_);
  Date latest_date_ TALLY_GUARDED_BY(mutex_) = Date::Min();
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_FOLLOWER_H_
