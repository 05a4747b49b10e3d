// Where the thread that decides hands a group to the thread that writes: one
// group at a time, so that one is decided while one is made durable and no
// third piles up behind them.

#ifndef TALLY_ENGINE_LEDGER_HANDOVER_H_
#define TALLY_ENGINE_LEDGER_HANDOVER_H_

#include <condition_variable>
#include <memory>

#include "engine/base/mutex.h"
#include "engine/ledger/commit_group.h"

namespace tally {

class Handover {
 public:
  // Of the thread that decides. Gives the group if the other thread waits for
  // one; else it is left, and can still grow.
  bool TryGive(std::unique_ptr<CommitGroup>* group) TALLY_EXCLUDES(mutex_);
  // Waits until the group is taken.
  void Give(std::unique_ptr<CommitGroup> group) TALLY_EXCLUDES(mutex_);
  // An empty group that was used before, or a new one.
  std::unique_ptr<CommitGroup> TakeSpare() TALLY_EXCLUDES(mutex_);
  // There will be no more.
  void Close() TALLY_EXCLUDES(mutex_);

  // Of the thread that writes. Waits for the next group; nullptr at the end.
  // `waiting` is called before it waits.
  template <typename Waiting>
  std::unique_ptr<CommitGroup> Receive(Waiting&& waiting)
      TALLY_EXCLUDES(mutex_) {
    if (!BeginWait()) waiting();
    return EndWait();
  }
  // Gives back a group whose memory can be used again.
  void Recycle(std::unique_ptr<CommitGroup> group) TALLY_EXCLUDES(mutex_);

 private:
  // Whether a group is there already.
  bool BeginWait() TALLY_EXCLUDES(mutex_);
  std::unique_ptr<CommitGroup> EndWait() TALLY_EXCLUDES(mutex_);

  Mutex mutex_;
  std::condition_variable given_;
  std::condition_variable taken_;
  std::unique_ptr<CommitGroup> group_ TALLY_GUARDED_BY(mutex_);
  std::unique_ptr<CommitGroup> spare_ TALLY_GUARDED_BY(mutex_);
  bool writer_waits_ TALLY_GUARDED_BY(mutex_) = false;
  bool closed_ TALLY_GUARDED_BY(mutex_) = false;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_HANDOVER_H_
