// The time, passed in: the engine never asks the machine for it, so that a
// run can be repeated exactly.

#ifndef TALLY_ENGINE_BASE_CLOCK_H_
#define TALLY_ENGINE_BASE_CLOCK_H_

#include <atomic>
#include <cstdint>

#include "engine/base/date.h"

namespace tally {

class Clock {
 public:
  virtual ~Clock() = default;
  // Safe from any thread. May stand still or step back; the ledger keeps its
  // own recorded time strictly increasing.
  virtual Instant Now() const = 0;
};

// A clock that shows what it was last set to, for tests and scenarios.
class ManualClock final : public Clock {
 public:
  Instant Now() const override {
    return Instant(micros_.load(std::memory_order_relaxed));
  }
  void Set(Instant now) {
    micros_.store(now.micros(), std::memory_order_relaxed);
  }

 private:
  std::atomic<int64_t> micros_{0};
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_CLOCK_H_
