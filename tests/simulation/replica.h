// A state that nothing but the log's records makes, one after the other: what
// the readers of a ledger must see at the same position.

#ifndef TALLY_TESTS_SIMULATION_REPLICA_H_
#define TALLY_TESTS_SIMULATION_REPLICA_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "engine/base/uuid.h"
#include "engine/log/record_codec.h"
#include "engine/state/effects.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally::simulation {

class Replica {
 public:
  // Decides the record's event again, which must give what the record says,
  // and applies it.
  absl::Status Apply(const Record& record);

  const State& state() const { return state_; }

 private:
  State state_;
  Plan plan_;
  absl::flat_hash_map<Uuid, VoidTarget> effects_;  // of every event
};

// The first thing in which two states differ; empty: in nothing that can be
// asked for.
std::string DifferenceBetween(const State& one, const State& other);

// What does not come to zero over all accounts and boundaries; empty: nothing.
std::string Imbalance(const State& state);

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_REPLICA_H_
