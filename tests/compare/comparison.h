// Runs a stream on the engine and on the reference and tells where they
// first differ, or where the engine breaks a property of its own.
//
//   Comparison comparison({.every = 25});
//   for (…) if (!comparison.Run(step)) break;
//   comparison.Finish();
//   comparison.difference().empty();

#ifndef TALLY_TESTS_COMPARE_COMPARISON_H_
#define TALLY_TESTS_COMPARE_COMPARISON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/compare/dice.h"
#include "tests/compare/engine_side.h"
#include "tests/compare/step.h"
#include "tests/reference/reference_ledger.h"

namespace tally::compare {

struct ComparisonOptions {
  uint64_t seed = 0;        // of the small world
  int every = 25;           // steps between two looks at everything held
  int balances_asked = 40;  // at each look; at the last all are asked
  int traces = 10;          // accepted events between two taken back to see
  int reloads = 1;          // steps between two states read from snapshots
};

// Where two ledgers differ.
struct Difference {
  std::string sort;  // the same for differences of one kind
  std::string text;  // the event or question and both answers
  bool empty() const { return text.empty(); }
};

class Comparison {
 public:
  // Sets the small world up on both sides.
  explicit Comparison(ComparisonOptions options);

  // False: they differ, and nothing more should be run.
  bool Run(const Step& step);
  // Looks at everything a last time.
  bool Finish();

  // What the engine said to the events of the latest step.
  const std::vector<Said>& said() const { return said_; }
  const Difference& difference() const { return difference_; }

 private:
  bool RunBoth(const Step& step);
  bool LookAround(bool all);
  // None of the properties that the engine has by itself is broken.
  bool EngineIsWhole();
  // Both ledgers come to the same time: a party is registered.
  bool Tick();
  bool CompareBalances(bool all);
  bool CompareGoods();
  bool CompareCredits();
  bool Same(const std::string& question, const Json& engine,
            const Json& reference);
  bool SameNumber(const std::string& question, const Json& engine,
                  const Json& reference);

  const ComparisonOptions options_;
  EngineSide engine_;
  reference::ReferenceLedger reference_;
  Dice dice_{1};
  int steps_ = 0;
  std::string latest_recorded_at_;
  std::vector<Said> said_;
  Difference difference_;
};

// The first difference of a whole stream; empty: none.
Difference FirstDifference(const std::vector<Step>& steps,
                           ComparisonOptions options);

// Fewer steps that show a difference of the same sort: events are left out
// while that is so. Runs the stream at most `runs_max` times.
std::vector<Step> Minimised(std::vector<Step> steps, const std::string& sort,
                            ComparisonOptions options, int runs_max);

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_COMPARISON_H_
