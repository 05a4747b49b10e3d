// A disk that outlives the simulated ledgers on it: the log, which is durable
// once appended, the derived tables, of which a crash takes back the newest
// part, and the files of snapshots. What becomes of the next append is set
// beforehand.

#ifndef TALLY_TESTS_SIMULATION_SIMULATED_DISK_H_
#define TALLY_TESTS_SIMULATION_SIMULATED_DISK_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/ledger/memory_tables.h"
#include "engine/ledger/storage.h"
#include "engine/log/memory_journal.h"
#include "rocksdb/env.h"
#include "tests/simulation/simulated_files.h"

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

inline constexpr const char* kSnapshotFolder = "snapshots";

// What a crash leaves of what was not safe.
struct Remains {
  // Of the batches of rows that the tables took; those that were stored stay
  // whatever this says.
  size_t batches = 0;
  // All tables are gone, as those are that were damaged.
  bool no_tables = false;
  // Of the files: what was synced, and half of the rest.
  bool power_cut = false;
  bool keep_half = false;
};

class SimulatedDisk {
 public:
  SimulatedDisk();

  // What a ledger opens. The storage must not outlive the disk.
  std::unique_ptr<Storage> Open();

  void SetFate(Fate fate) { fate_ = fate; }
  Fate fate() const { return fate_; }
  // The process died: nothing it still does reaches the disk.
  void Kill() {
    dead_ = true;
    files_->Kill();
  }
  bool dead() const { return dead_; }
  void Restart(const Remains& remains);
  // Of what the tables took, the first so many batches are stored from now on.
  void StoreBatches(size_t count);
  size_t batches() const { return batches_.size(); }
  Position stored_end() const {
    return stored_ == 0 ? 0 : batches_[stored_ - 1].end;
  }
  Position tables_end() const { return tables_->end(); }
  // What had been stored when the tables were lost; 0: they never were.
  Position lost_end() const { return lost_end_; }

  SimulatedFiles& files() const { return *files_; }
  rocksdb::Env* env() const { return env_.get(); }

  // For tests of the simulation: forgets nothing but says it is durable.
  void LoseNextAppend() { lose_next_ = true; }

  const MemoryJournal& journal() const { return journal_; }

 private:
  class Log;
  class Derived;

  MemoryJournal journal_;
  std::unique_ptr<MemoryTables> tables_ = std::make_unique<MemoryTables>();
  std::vector<IndexBatch> batches_;  // that the tables took
  size_t stored_ = 0;                // of these
  Position lost_end_ = 0;
  const std::shared_ptr<SimulatedFiles> files_ =
      std::make_shared<SimulatedFiles>();
  const std::unique_ptr<rocksdb::Env> env_;
  Fate fate_ = Fate::kWell;
  bool dead_ = false;
  bool lose_next_ = false;
};

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_SIMULATED_DISK_H_
