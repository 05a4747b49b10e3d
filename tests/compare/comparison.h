// Runs a stream on the engine and on the reference and tells where they
// first differ, or where the engine breaks a property of its own.
//
//   Comparison comparison({.every = 25});
//   for (…) if (!comparison.Run(step)) break;
//   comparison.Finish();
//   comparison.difference();  // empty: none

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
  int every = 25;           // steps between two looks at everything held
  int balances_asked = 40;  // at each look; at the last all are asked
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
  const std::string& difference() const { return difference_; }

 private:
  bool RunBoth(const Step& step);
  bool LookAround(bool all);
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
  std::string difference_;
};

// The first difference of a whole stream; empty: none.
std::string FirstDifference(const std::vector<Step>& steps,
                            ComparisonOptions options);

// Fewer steps that differ still: events are left out while that is so. Runs
// the stream at most `runs_max` times.
std::vector<Step> Minimised(std::vector<Step> steps, ComparisonOptions options,
                            int runs_max);

}  // namespace tally::compare

#endif  // TALLY_TESTS_COMPARE_COMPARISON_H_
