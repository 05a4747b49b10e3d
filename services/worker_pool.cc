#include "services/worker_pool.h"

#include <algorithm>
#include <utility>

namespace tally::services {

WorkerPool::WorkerPool(int threads, size_t queued_max)
    : queued_max_(queued_max) {
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

WorkerPool::~WorkerPool() {
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::HasRoom(const std::string& principal) const {
  if (principal.empty()) return waiting_ < queued_max_;
  const auto own = static_cast<size_t>(jobs_.LoadOf(principal));
  if (own == 0) return waiting_ < 2 * queued_max_;
  return waiting_ < queued_max_ && own < std::max<size_t>(queued_max_ / 2, 1);
}

bool WorkerPool::TryRun(const std::string& principal, Job job) {
  {
    MutexLock lock(&mutex_);
    if (!HasRoom(principal)) return false;
    jobs_.Push(principal, std::move(job), 1);
    ++waiting_;
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::Run(const std::string& principal, Job job) {
  {
    MutexLock lock(&mutex_);
    jobs_.Push(principal, std::move(job), 1);
    ++waiting_;
  }
  changed_.notify_one();
}

void WorkerPool::Work() {
  while (true) {
    Job job;
    {
      MutexLock lock(&mutex_);
      while (jobs_.empty() && !stopping_) lock.Wait(&changed_);
      if (jobs_.empty()) return;
      job = jobs_.Pop();
      --waiting_;
    }
    job();
  }
}

}  // namespace tally::services
