// The queue between those who submit and the one thread that decides: bounded
// by events and by bytes, so that overload is answered at once and not felt
// later. Principals are served in turn and have at most half of it each, so
// that one of them can't keep the others waiting.
//
// Push() from any thread; Take() from the deciding thread.

#ifndef TALLY_ENGINE_LEDGER_COMMIT_QUEUE_H_
#define TALLY_ENGINE_LEDGER_COMMIT_QUEUE_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/base/fair_queue.h"
#include "engine/base/mutex.h"
#include "engine/ledger/prepared_batch.h"

namespace tally {

class CommitQueue {
 public:
  struct Limits {
    int64_t events = 0;
    int64_t bytes = 0;
  };

  explicit CommitQueue(Limits limits) : limits_(limits) {}

  // RESOURCE_EXHAUSTED when full, or what Close() said. `batch` is taken only
  // when OK.
  absl::Status Push(std::unique_ptr<PreparedBatch>* batch)
      TALLY_EXCLUDES(mutex_);

  // Takes batches, those of a principal in order, up to the limits but one at
  // least. Without
  // `wait`, or woken by Nudge() or Close(), there may be none.
  enum class Wait : uint8_t { kNo, kYes };
  void Take(Limits limits, Wait wait,
            std::vector<std::unique_ptr<PreparedBatch>>* taken)
      TALLY_EXCLUDES(mutex_);

  // Lets a Take() that waits return, or else the next one.
  void Nudge() TALLY_EXCLUDES(mutex_);

  // Takes no more: Push() answers `reason` from now on. The first reason
  // stays.
  void Close(absl::Status reason) TALLY_EXCLUDES(mutex_);

  // Closed, and nothing is left in it.
  bool AtEnd() const TALLY_EXCLUDES(mutex_);
  // OK while batches are taken.
  absl::Status closed() const TALLY_EXCLUDES(mutex_);
  // What waits in it.
  Limits load() const TALLY_EXCLUDES(mutex_);

 private:
  bool HasRoom(const std::string& lane, int64_t events, int64_t bytes) const
      TALLY_REQUIRES(mutex_);

  const Limits limits_;
  mutable Mutex mutex_;
  std::condition_variable changed_;
  FairQueue<std::unique_ptr<PreparedBatch>> batches_ TALLY_GUARDED_BY(mutex_);
  Limits load_ TALLY_GUARDED_BY(mutex_);
  bool nudged_ TALLY_GUARDED_BY(mutex_) = false;
  absl::Status closed_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_COMMIT_QUEUE_H_
