// The machine's clock.

#ifndef TALLY_SERVICES_SYSTEM_CLOCK_H_
#define TALLY_SERVICES_SYSTEM_CLOCK_H_

#include <chrono>

#include "engine/base/clock.h"

namespace tally::services {

inline Instant ToInstant(std::chrono::system_clock::time_point time) {
  return Instant(std::chrono::duration_cast<std::chrono::microseconds>(
                     time.time_since_epoch())
                     .count());
}

class SystemClock final : public Clock {
 public:
  Instant Now() const override {
    return ToInstant(std::chrono::system_clock::now());
  }
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_SYSTEM_CLOCK_H_
