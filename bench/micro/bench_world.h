// A state in which the workload's world is known, and acts as the engine's
// events: what rules are measured on.

#ifndef TALLY_BENCH_MICRO_BENCH_WORLD_H_
#define TALLY_BENCH_MICRO_BENCH_WORLD_H_

#include <string>
#include <vector>

#include "bench/workload/workload.h"
#include "engine/base/arena.h"
#include "engine/model/event.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally::bench {

class BenchWorld {
 public:
  explicit BenchWorld(const WorkloadOptions& options);

  const State& state() const { return state_; }
  State* mutable_state() { return &state_; }

  // The workload's next act as an event, which lives as long as this.
  const Event& NextEvent();
  // Decides and applies; the event must be accepted.
  void Post(const Event& event);
  // Decides alone; it must be accepted.
  void Plan(const Event& event, tally::Plan* plan) const;

 private:
  Event Decoded(const std::string& bytes);

  const World world_;
  Workload workload_;
  Arena arena_;
  State state_;
  Position next_ = 0;
  std::vector<const Event*> events_;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_MICRO_BENCH_WORLD_H_
