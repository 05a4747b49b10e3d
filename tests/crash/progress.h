// How far the clients of the crash test have come, for the one that kills.

#ifndef TALLY_TESTS_CRASH_PROGRESS_H_
#define TALLY_TESTS_CRASH_PROGRESS_H_

#include <condition_variable>
#include <cstdint>

#include "engine/base/mutex.h"

namespace tally::crash {

class Progress {
 public:
  void Acknowledged(int64_t events) TALLY_EXCLUDES(mutex_) {
    MutexLock lock(&mutex_);
    acknowledged_ += events;
    changed_.notify_all();
  }
  void Ended() TALLY_EXCLUDES(mutex_) {
    MutexLock lock(&mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  // Waits for so many acknowledged events, or for a client that ended.
  void WaitFor(int64_t events) TALLY_EXCLUDES(mutex_) {
    MutexLock lock(&mutex_);
    while (acknowledged_ < events && !ended_) lock.Wait(&changed_);
  }
  int64_t acknowledged() const TALLY_EXCLUDES(mutex_) {
    MutexLock lock(&mutex_);
    return acknowledged_;
  }

 private:
  mutable Mutex mutex_;
  std::condition_variable changed_;
  int64_t acknowledged_ TALLY_GUARDED_BY(mutex_) = 0;
  bool ended_ TALLY_GUARDED_BY(mutex_) = false;
};

}  // namespace tally::crash

#endif  // TALLY_TESTS_CRASH_PROGRESS_H_
