#include "services/periodic.h"

#include <utility>

namespace tally::services {

Periodic::Periodic(std::chrono::milliseconds interval,
                   std::function<void()> task)
    : interval_(interval),
      task_(std::move(task)),
      thread_([this] { Loop(); }) {}

Periodic::~Periodic() {
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Periodic::Loop() {
  while (WaitForTurn()) task_();
}

bool Periodic::WaitForTurn() {
  const auto turn = std::chrono::steady_clock::now() + interval_;
  MutexLock lock(&mutex_);
  while (!stopping_) {
    if (!lock.WaitUntil(&changed_, turn)) break;
  }
  return !stopping_;
}

}  // namespace tally::services
