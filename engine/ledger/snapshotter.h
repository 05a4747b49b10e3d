// Makes snapshots of the state while the ledger runs, and one at its end.
//
// It stops nobody: it does what recovery does, on a thread of its own. It
// reads the newest snapshot into a state of its own, replays the log after it
// through the same code, and writes that state down. So each snapshot shows
// that the one before it and the log lead where the ledger is.
//
// It goes as far as the derived tables are stored: a snapshot beyond them
// would be of no use after a crash. Thread-safe.

#ifndef TALLY_ENGINE_LEDGER_SNAPSHOTTER_H_
#define TALLY_ENGINE_LEDGER_SNAPSHOTTER_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <thread>

#include "absl/status/status.h"
#include "engine/base/clock.h"
#include "engine/base/mutex.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/ledger_options.h"
#include "engine/ledger/snapshot_figures.h"
#include "engine/ledger/storage.h"
#include "engine/ledger/subscription.h"
#include "engine/snapshot/snapshot_head.h"

namespace tally {

class Snapshotter {
 public:
  // All must outlive it.
  Snapshotter(const Storage* storage, const SnapshotOptions& options,
              const Clock* clock)
      : storage_(storage), options_(options), clock_(clock) {}
  ~Snapshotter() { Stop(); }

  // Once, before anything else: `newest_end` is that of the newest snapshot.
  // With `subscriptions` it goes on by itself until Stop().
  void Start(Position newest_end, Subscriptions* subscriptions);
  void Stop() TALLY_EXCLUDES(mutex_);

  // Makes one of what the derived tables have stored, if that is new.
  absl::Status Make() TALLY_EXCLUDES(making_, mutex_);
  // Makes one of all that is there, once nothing is written any more.
  absl::Status MakeLast(const Follower& follower)
      TALLY_EXCLUDES(making_, mutex_);

  SnapshotFigures figures() const TALLY_EXCLUDES(mutex_);

 private:
  void Note() TALLY_EXCLUDES(mutex_);
  bool IsDue() const TALLY_REQUIRES(mutex_);
  void Loop() TALLY_EXCLUDES(making_, mutex_);

  absl::Status MakeUpTo(Position end) TALLY_REQUIRES(making_);
  // While one is made.
  absl::Status Write(const SnapshotHead& head, const State& state)
      TALLY_EXCLUDES(mutex_);
  // Keeps how it went.
  absl::Status Noted(int64_t started, absl::Status made) TALLY_EXCLUDES(mutex_);

  const Storage* const storage_;
  const SnapshotOptions options_;
  const Clock* const clock_;

  Mutex making_;  // held while one is made: one at a time
  std::atomic<bool> stopping_ = false;

  mutable Mutex mutex_;
  std::condition_variable due_;
  Position next_end_ TALLY_GUARDED_BY(mutex_) = 0;  // at which one is due
  SnapshotFigures figures_ TALLY_GUARDED_BY(mutex_);

  // Used by whoever starts and stops it.
  std::unique_ptr<Subscription> subscription_;
  std::thread thread_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_SNAPSHOTTER_H_
