// A trial in a process of its own, so that one that aborts is reported with
// its plan and the trials after it are run.

#ifndef TALLY_TESTS_FAULTS_TRIAL_PROCESS_H_
#define TALLY_TESTS_FAULTS_TRIAL_PROCESS_H_

#include <string>

#include "tests/faults/fault_trial.h"

namespace tally::faults {

// As RunTrial(), in a child of this process. That must have no other thread and
// must not have opened any RocksDB before, for that leaves threads behind.
// Where the child ends otherwise than by itself, or takes longer than a minute,
// another one looks at what it left. What it said last is in `message`.
TrialReport RunApart(const std::string& folder, const FaultPlan& plan,
                     const Expected& expected);

// As CountOperations().
OperationCounts CountApart(const std::string& folder);

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_TRIAL_PROCESS_H_
