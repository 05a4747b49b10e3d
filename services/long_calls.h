// The streams that are open, so that all of them can be given a sign of life
// and ended when the server stops.

#ifndef TALLY_SERVICES_LONG_CALLS_H_
#define TALLY_SERVICES_LONG_CALLS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "engine/base/mutex.h"

namespace tally::services {

class LongCall {
 public:
  virtual ~LongCall() = default;
  // Time has passed: send something if nothing was sent for long.
  virtual void Beat() = 0;
  // Take no more, answer what was taken, and end with UNAVAILABLE.
  virtual void Drain() = 0;
};

class LongCalls {
 public:
  struct Limits {
    size_t calls = 0;
    size_t calls_of_one = 0;  // of a principal; where nobody is asked, of all
  };

  explicit LongCalls(Limits limits) : limits_(limits) {}

  // RESOURCE_EXHAUSTED where there are too many, UNAVAILABLE once drained.
  absl::Status Add(const std::shared_ptr<LongCall>& call,
                   const std::string& principal);
  void Remove(const LongCall* call);

  void BeatAll();
  void DrainAll();

 private:
  struct Open {
    std::weak_ptr<LongCall> call;
    std::string principal;
  };

  std::vector<std::shared_ptr<LongCall>> All();
  absl::Status CheckRoom(const std::string& principal) const
      TALLY_REQUIRES(mutex_);

  const Limits limits_;
  Mutex mutex_;
  bool drained_ TALLY_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<const LongCall*, Open> calls_ TALLY_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, size_t> counts_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_LONG_CALLS_H_
