#include "engine/ledger/handover.h"

#include <utility>

namespace tally {

bool Handover::TryGive(std::unique_ptr<CommitGroup>* group) {
  {
    MutexLock lock(&mutex_);
    if (!writer_waits_ || group_ != nullptr) return false;
    group_ = std::move(*group);
  }
  given_.notify_one();
  return true;
}

void Handover::Give(std::unique_ptr<CommitGroup> group) {
  {
    MutexLock lock(&mutex_);
    while (group_ != nullptr) lock.Wait(&taken_);
    group_ = std::move(group);
  }
  given_.notify_one();
}

std::unique_ptr<CommitGroup> Handover::TakeSpare() {
  {
    MutexLock lock(&mutex_);
    if (spare_ != nullptr) return std::move(spare_);
  }
  return std::make_unique<CommitGroup>();
}

void Handover::Close() {
  {
    MutexLock lock(&mutex_);
    closed_ = true;
  }
  given_.notify_one();
}

bool Handover::BeginWait() {
  MutexLock lock(&mutex_);
  writer_waits_ = true;
  return group_ != nullptr;
}

std::unique_ptr<CommitGroup> Handover::EndWait() {
  std::unique_ptr<CommitGroup> group;
  {
    MutexLock lock(&mutex_);
    while (group_ == nullptr && !closed_) lock.Wait(&given_);
    writer_waits_ = false;
    group = std::move(group_);
  }
  taken_.notify_one();
  return group;
}

void Handover::Recycle(std::unique_ptr<CommitGroup> group) {
  group->Clear(0);
  MutexLock lock(&mutex_);
  spare_ = std::move(group);
}

}  // namespace tally
