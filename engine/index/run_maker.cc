#include "engine/index/run_maker.h"

#include "engine/base/check.h"
#include "engine/base/status_macros.h"

namespace tally {

RunMaker::RunMaker(Database* database, const RunFamilies& families,
                   Tails* tails)
    : database_(database),
      families_(families),
      tails_(tails),
      thread_([this] { Loop(); }) {}

RunMaker::~RunMaker() {
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

absl::StatusOr<bool> RunMaker::AwaitIdle(bool wait) {
  MutexLock lock(&mutex_);
  while (wait && making_ != nullptr) lock.Wait(&changed_);
  RETURN_IF_ERROR(status_);
  return making_ == nullptr;
}

void RunMaker::Begin() {
  MutexLock lock(&mutex_);
  TALLY_CHECK(making_ == nullptr);
  making_ = tails_->Seal();
  changed_.notify_all();
}

void RunMaker::Loop() {
  while (true) {
    std::shared_ptr<const Tail> tail;
    {
      MutexLock lock(&mutex_);
      while (making_ == nullptr && !stopping_) lock.Wait(&changed_);
      if (making_ == nullptr) return;
      tail = making_;
    }
    const absl::Status written = WriteSortedRun(*tail, families_, database_);
    // After a failure readers still find in memory what is not on disk.
    if (written.ok()) tails_->DropSealed();
    MutexLock lock(&mutex_);
    status_ = written;
    making_ = nullptr;
    changed_.notify_all();
  }
}

}  // namespace tally
