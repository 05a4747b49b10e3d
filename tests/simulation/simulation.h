// A whole ledger in one thread, with its clients, its disk and its clock made
// of chance that one seed fixes: messages overtake each other, arrive twice or
// never, clients give up waiting and ask again, the disk is slow or fails, the
// process dies between any two steps, within the step that writes, and between
// any two operations on the file of a snapshot, while all else goes on.
//
// The ledger is the real one, run step by step (PipelineStep). After each step
// a witness checks what must hold. The same seed gives the same run.
//
//   const Report report = Simulate({.seed = 7});
//   report.wrong;   // empty: nothing

#ifndef TALLY_TESTS_SIMULATION_SIMULATION_H_
#define TALLY_TESTS_SIMULATION_SIMULATION_H_

#include <cstdint>
#include <string>

#include "engine/base/sha256.h"

namespace tally::simulation {

struct Options {
  uint64_t seed = 1;
  int steps = 400;
  // A fault of the simulated disk that the witness must find.
  bool lose_an_append = false;
};

struct Report {
  // Of everything that happened, in its order.
  Sha256Digest trace{};
  std::string wrong;
  int64_t steps = 0;
  int64_t crashes = 0;
  int64_t failures = 0;  // of the disk, after which the ledger stopped
  int64_t acknowledged = 0;
  int64_t lost = 0;  // of those
  int64_t records = 0;
  int64_t snapshots = 0;         // made
  int64_t snapshot_crashes = 0;  // while one was made
  int64_t from_snapshots = 0;    // openings
};

Report Simulate(const Options& options);

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_SIMULATION_H_
