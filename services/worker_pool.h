// A few threads that do what may wait for the disk, so that no reaction of
// gRPC ever does. Principals are served in turn, and at most half of what
// waits is one's.

#ifndef TALLY_SERVICES_WORKER_POOL_H_
#define TALLY_SERVICES_WORKER_POOL_H_

#include <condition_variable>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/fair_queue.h"
#include "engine/base/mutex.h"

namespace tally::services {

class WorkerPool {
 public:
  using Job = std::function<void()>;

  // At most `queued_max` jobs of TryRun() wait; a few more of principals of
  // whom none waits.
  WorkerPool(int threads, size_t queued_max);
  // Does what waits, then ends the threads.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False, and the job is dropped, where too many wait already.
  [[nodiscard]] bool TryRun(const std::string& principal, Job job);
  // For callers that bound by themselves how many of their jobs wait.
  void Run(const std::string& principal, Job job);

 private:
  bool HasRoom(const std::string& principal) const TALLY_REQUIRES(mutex_);
  void Work();

  const size_t queued_max_;
  Mutex mutex_;
  std::condition_variable changed_;
  FairQueue<Job> jobs_ TALLY_GUARDED_BY(mutex_);
  size_t waiting_ TALLY_GUARDED_BY(mutex_) = 0;
  bool stopping_ TALLY_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_WORKER_POOL_H_
