// Corruption trials for as many as one likes.
//
//   corruption_trials [--trials N] [--seed S] [--only KIND]
//
// --only: of the kinds of files whose name has KIND in it, "index/.sst".
// Prints what was flipped and found by kind of file; exits with 1 when a bit
// that matters was not found.

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string_view>

#include "fmt/format.h"
#include "tests/corruption/trials.h"

int main(int argc, char** argv) {
  int64_t trials = 1'000;
  uint64_t seed = std::random_device()();
  std::string_view only;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--trials") trials = std::strtoll(argv[i + 1], nullptr, 10);
    if (option == "--only") only = argv[i + 1];
    if (option == "--seed") seed = std::strtoull(argv[i + 1], nullptr, 10);
  }
  fmt::print("seed {}\n", seed);
  const tally::CorruptionFigures figures =
      tally::RunCorruptionTrials(seed, trials, only);
  for (const auto& [kind, count] : figures.by_kind) {
    fmt::print("{:32} trials {:6}, found {:6}, irrelevant {:6}\n", kind,
               count.trials, count.found, count.irrelevant);
  }
  for (const std::string& missed : figures.missed) {
    fmt::print("missed: {}\n", missed);
  }
  const tally::CorruptionCount sum = figures.Sum();
  fmt::print("trials {}, found {}, irrelevant {}, missed {}\n", sum.trials,
             sum.found, sum.irrelevant, figures.missed.size());
  return figures.missed.empty() ? 0 : 1;
}
