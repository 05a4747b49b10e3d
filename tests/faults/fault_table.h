// Many trials, and what came of them by kind of operation.

#ifndef TALLY_TESTS_FAULTS_FAULT_TABLE_H_
#define TALLY_TESTS_FAULTS_FAULT_TABLE_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/faults/fault_trial.h"

namespace tally::faults {

struct FaultTable {
  void Add(const FaultPlan& plan, const TrialReport& report);
  std::string ToString() const;

  // By operation, then by fault or by reaction.
  std::array<std::array<int64_t, kFaultCount>, kDiskOperationCount> faults{};
  std::array<std::array<int64_t, kReactionCount>, kDiskOperationCount>
      reactions{};
  int64_t trials = 0;
  int64_t acknowledged = 0;
  // The last words of processes that ended, with the plan.
  std::vector<std::string> aborts;
  // What must not be, with the plan that shows it.
  std::vector<std::string> wrong;
};

struct TrialChoice {
  // Every `every`-th of all trials, from the one at `first` on.
  int64_t every = 1;
  int64_t first = 0;
  // Says which one is next, in a line on stderr.
  bool verbose = false;
};
// Each in a process of its own: see trial_process.h.
FaultTable RunTrials(const std::string& folder, const TrialChoice& choice);

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_FAULT_TABLE_H_
