// Lets many threads ask for a step of a state machine while one of them takes
// it: steps never overlap, and none that was asked for is left out.
//
// A step may call gRPC, which may call back on the same thread before it
// returns; the turn that the reaction asks for is then taken after this one.

#ifndef TALLY_SERVICES_TURNS_H_
#define TALLY_SERVICES_TURNS_H_

#include <atomic>

namespace tally::services {

class Turns {
 public:
  // The object must outlive the call even if a step ends what it belongs to.
  template <typename Step>
  void Take(Step&& step) {
    if (asked_.fetch_add(1, std::memory_order_acq_rel) > 0) return;
    int seen = 0;
    do {
      seen = asked_.load(std::memory_order_acquire);
      step();
    } while (
        !asked_.compare_exchange_strong(seen, 0, std::memory_order_acq_rel));
  }

 private:
  std::atomic<int> asked_{0};
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_TURNS_H_
