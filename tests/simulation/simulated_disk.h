// A disk that outlives the simulated ledgers on it: the log, which is durable
// once appended, and the derived tables, of which a crash takes back the
// newest part. What becomes of the next append is set beforehand.

#ifndef TALLY_TESTS_SIMULATION_SIMULATED_DISK_H_
#define TALLY_TESTS_SIMULATION_SIMULATED_DISK_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/ledger/memory_tables.h"
#include "engine/ledger/storage.h"
#include "engine/log/memory_journal.h"

namespace tally::simulation {

// Of one append, and of what follows it.
enum class Fate : uint8_t {
  kWell,
  kFails,           // nothing is written, and an error
  kFailsWritten,    // it is written, and an error all the same
  kTablesFail,      // it is written, and the derived tables are not
  kCrashBefore,     // the process dies before it is written
  kCrashAfter,      // after it is written, before anything follows
  kCrashAnswering,  // after some of the answers
};
inline constexpr int kFateCount = 7;

class SimulatedDisk {
 public:
  // What a ledger opens. The storage must not outlive the disk.
  std::unique_ptr<Storage> Open();

  void SetFate(Fate fate) { fate_ = fate; }
  Fate fate() const { return fate_; }
  // The process died: nothing it still does reaches the disk.
  void Kill() { dead_ = true; }
  bool dead() const { return dead_; }
  // Of the rows that the tables took, the first `rows_kept` batches stay.
  void Restart(size_t batches_kept);
  size_t batches() const { return batches_.size(); }

  // For tests of the simulation: forgets nothing but says it is durable.
  void LoseNextAppend() { lose_next_ = true; }

  const MemoryJournal& journal() const { return journal_; }

 private:
  class Log;
  class Derived;

  MemoryJournal journal_;
  std::unique_ptr<MemoryTables> tables_ = std::make_unique<MemoryTables>();
  std::vector<IndexBatch> batches_;  // that the tables took
  Fate fate_ = Fate::kWell;
  bool dead_ = false;
  bool lose_next_ = false;
};

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_SIMULATED_DISK_H_
