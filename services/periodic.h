// Does something every so often on a thread of its own, until it is destroyed.

#ifndef TALLY_SERVICES_PERIODIC_H_
#define TALLY_SERVICES_PERIODIC_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "engine/base/mutex.h"

namespace tally::services {

class Periodic {
 public:
  Periodic(std::chrono::milliseconds interval, std::function<void()> task);
  // Waits for a task that is under way.
  ~Periodic();
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  void Loop();
  // Whether to go on.
  bool WaitForTurn();

  const std::chrono::milliseconds interval_;
  const std::function<void()> task_;
  Mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ TALLY_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_PERIODIC_H_
