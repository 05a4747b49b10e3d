// Makes sorted runs of the tails, on a thread of its own, so that neither who
// adds rows nor who reads them waits for it.

#ifndef TALLY_ENGINE_INDEX_RUN_MAKER_H_
#define TALLY_ENGINE_INDEX_RUN_MAKER_H_

#include <condition_variable>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/mutex.h"
#include "engine/index/sorted_run.h"
#include "engine/index/tails.h"

namespace tally {

class RunMaker {
 public:
  // Both must outlive it.
  RunMaker(Database* database, const RunFamilies& families, Tails* tails);
  // What is not in a run stays in memory.
  ~RunMaker();

  // Whether no run is being made; waits for that if `wait`. From the first
  // failure on nothing more is made, and this says why.
  absl::StatusOr<bool> AwaitIdle(bool wait) TALLY_EXCLUDES(mutex_);
  // Lets the open tail become a run. Nothing may be being made.
  void Begin() TALLY_EXCLUDES(mutex_);

 private:
  void Loop() TALLY_EXCLUDES(mutex_);

  Database* const database_;
  const RunFamilies families_;
  Tails* const tails_;

  Mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const Tail> making_ TALLY_GUARDED_BY(mutex_);
  absl::Status status_ TALLY_GUARDED_BY(mutex_);
  bool stopping_ TALLY_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_INDEX_RUN_MAKER_H_
