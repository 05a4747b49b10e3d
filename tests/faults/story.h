// What happens on a ledger while faults are injected: a fixed story of
// batches at fixed times, with restarts and snapshots between. It has every way
// an event can go: accepted, refused, repeated, all or none, judged only,
// lapsed.
//
// The same story told to a ledger in memory says what must come of it; with
// that, a story that a fault interrupted can be judged.

#ifndef TALLY_TESTS_FAULTS_STORY_H_
#define TALLY_TESTS_FAULTS_STORY_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/ledger/ledger.h"

namespace tally::faults {

// Batches that are submitted together, so that they may share a group.
struct StoryStep {
  std::string_view name;
  std::string_view date;  // what the ledger's clock shows
  bool restart = false;   // the ledger is closed and opened before it
  // What is in memory only of log and tables is written to their files before
  // it, as it is now and then under load, and a snapshot is made.
  bool flush = false;
  std::vector<std::unique_ptr<Batch>> (*batches)() = nullptr;
};

// The steps, in order.
const std::vector<StoryStep>& TheStory();

// Sets the clock, submits the step's batches, runs the ledger until it is
// idle. The results are in the order of the batches.
std::vector<BatchResult> Tell(const StoryStep& step, ManualClock* clock,
                              Ledger* ledger);

// All that can be asked about the story's world, as text: two ledgers are
// alike when these are. What cannot be read is described by its error.
std::string Portray(const Ledger& ledger);

// The results as text: code, position, time. `as_first`: what is repeated is
// written as if it were not.
std::string Describe(const std::vector<BatchResult>& results, bool as_first);

// What must come of it.
struct Expected {
  std::vector<std::string> portraits;  // before the first step, and after each
  std::vector<std::string> results;    // of each step
};
Expected TellInMemory();

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_STORY_H_
