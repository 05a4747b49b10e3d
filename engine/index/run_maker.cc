#include "engine/index/run_maker.h"

#include "engine/base/status_macros.h"
#include "engine/storage/rocks_status.h"

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

absl::Status RunMaker::Begin(bool wait) {
  MutexLock lock(&mutex_);
  while (wait && making_ != nullptr) lock.Wait(&changed_);
  if (making_ != nullptr || !status_.ok()) return status_;
  making_ = tails_->Seal();
  changed_.notify_all();
  return absl::OkStatus();
}

absl::Status RunMaker::Finish() {
  RETURN_IF_ERROR(Begin(/*wait=*/true));
  MutexLock lock(&mutex_);
  while (making_ != nullptr) lock.Wait(&changed_);
  return status_;
}

absl::Status RunMaker::Write(const Tail& tail) {
  // What is written as it comes has to be there when a run says so.
  RETURN_IF_ERROR(FromRocks(database_->rocks()->SyncWAL(), "sync the index"));
  return WriteSortedRun(tail, families_, database_);
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
    const absl::Status written = Write(*tail);
    // After a failure readers still find in memory what is not on disk.
    if (written.ok()) tails_->DropSealed();
    MutexLock lock(&mutex_);
    status_ = written;
    making_ = nullptr;
    changed_.notify_all();
  }
}

}  // namespace tally
