// What must be true of the snapshots on a simulated disk whenever a ledger is
// opened: one that has the name of a snapshot is whole, whatever the process
// died of, unless the simulation itself has damaged it; none goes beyond what
// the derived tables keep; and the ledger opens from the newest good one.

#ifndef TALLY_TESTS_SIMULATION_KEPT_SNAPSHOTS_H_
#define TALLY_TESTS_SIMULATION_KEPT_SNAPSHOTS_H_

#include <cstdint>
#include <string>

#include "engine/model/indices.h"
#include "engine/snapshot/snapshot_folder.h"
#include "tests/simulation/simulated_disk.h"

namespace tally::simulation {

class KeptSnapshots {
 public:
  explicit KeptSnapshots(SimulatedDisk* disk);

  // Flips a bit of the newest one, if there is one.
  void Damage(uint64_t random);

  // Before a ledger is opened: what is wrong; empty: nothing.
  std::string Look();
  // Where the ledger must start; 0: at the beginning of the log.
  Position start() const { return start_; }

 private:
  SimulatedDisk* const disk_;
  const SnapshotFolder folder_;
  Position start_ = 0;
};

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_KEPT_SNAPSHOTS_H_
