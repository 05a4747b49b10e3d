// One trial: the story, told to a ledger on disk, with one fault in it.
//
// What must come of each step is known before it is told. After the fault the
// ledger either goes on or has stopped; it is then closed, opened again and
// compared: all that it had acknowledged is there, and of the step that was
// interrupted everything or nothing. Then the step is told again, with the
// same ids, and the story goes on to its end, where the ledger must be the
// one of a story without faults, byte for byte.

#ifndef TALLY_TESTS_FAULTS_FAULT_TRIAL_H_
#define TALLY_TESTS_FAULTS_FAULT_TRIAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/faults/disk_operation.h"
#include "tests/faults/story.h"

namespace tally::faults {

struct FaultPlan {
  DiskOperation operation = DiskOperation::kAppend;
  int64_t skip = 0;  // so many of the operation go well before
  Fault fault = Fault::kFail;
};

// What the ledger did about it.
enum class Reaction : uint8_t {
  kNotReached,  // the story ended before the operation was asked for
  kNone,        // went on: nothing depended on it
  kNotOpened,   // said why it could not be opened
  kNotTaken,    // said that it could not take a batch, and went on
  kStopped,     // took no more events until it was opened again
  kAborted,     // the process ended, and what it left was opened again
};
inline constexpr int kReactionCount = 6;

struct TrialReport {
  Reaction reaction = Reaction::kNotReached;
  std::string file;     // that had the fault
  std::string message;  // that the ledger gave
  std::string wrong;    // what must not be; empty: nothing
  int64_t acknowledged = 0;
};

// In a folder of its own, below `folder`, which is removed afterwards.
TrialReport RunTrial(const std::string& folder, const FaultPlan& plan,
                     const Expected& expected);

// Opens what a process left that ended in the middle of a trial, and compares
// it with what must be there by the step that it had come to.
TrialReport ResumeTrial(const std::string& folder, const Expected& expected);

// How often the story without faults asks for each operation.
OperationCounts CountOperations(const std::string& folder);

// Every operation of the story with every fault that it can have.
std::vector<FaultPlan> AllPlans(const OperationCounts& counts);

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_FAULT_TRIAL_H_
