// Simulations for as long as one likes.
//
//   simulate --seconds 600 [--seed S] [--steps N]
//   simulate --seed S --seconds 0     one run, with what came of it
//
// Each seed is run twice: the runs must be the same. Exits with 1 at the first
// seed with which anything is wrong.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string_view>

#include "fmt/format.h"
#include "tests/simulation/simulation.h"

int main(int argc, char** argv) {
  using namespace tally::simulation;
  int64_t seconds = 60;
  Options options{.seed = std::random_device()()};
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    const char* const value = argv[i + 1];
    if (option == "--seconds") seconds = std::strtoll(value, nullptr, 10);
    if (option == "--seed") options.seed = std::strtoull(value, nullptr, 10);
    if (option == "--steps") options.steps = std::atoi(value);
  }
  fmt::print("seed {}\n", options.seed);
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  Report all;
  int64_t seeds = 0;
  bool right = true;
  do {
    const Report report = Simulate(options);
    std::string wrong = report.wrong;
    if (wrong.empty() && Simulate(options).trace != report.trace) {
      wrong = "the same seed gave another run";
    }
    right = wrong.empty();
    if (!right) fmt::print("wrong: seed {}: {}\n", options.seed, wrong);
    ++seeds;
    ++options.seed;
    all.steps += report.steps;
    all.crashes += report.crashes;
    all.failures += report.failures;
    all.acknowledged += report.acknowledged;
    all.records += report.records;
    all.lost += report.lost;
    all.snapshots += report.snapshots;
    all.snapshot_crashes += report.snapshot_crashes;
    all.from_snapshots += report.from_snapshots;
  } while (right && std::chrono::steady_clock::now() < end);
  fmt::print(
      "snapshots {}, crashes while one was made {}, opened from one {}\n",
      all.snapshots, all.snapshot_crashes, all.from_snapshots);
  fmt::print(
      "seeds {}, steps {}, crashes {}, failures of the disk {}, records {}, "
      "acknowledged {}, lost {}, wrong {}\n",
      seeds, all.steps, all.crashes, all.failures, all.records,
      all.acknowledged, all.lost, right ? 0 : 1);
  return right ? 0 : 1;
}
