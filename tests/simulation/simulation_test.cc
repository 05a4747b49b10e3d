// A thousand seeds; simulate runs as many as there is time for.

#include "tests/simulation/simulation.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

namespace tally::simulation {
namespace {

constexpr int kSeeds = 1'000;
constexpr int kSeedsTwice = 50;

uint64_t FirstSeed() {
  const char* const given = std::getenv("TALLY_SEED");
  if (given != nullptr) return std::strtoull(given, nullptr, 10);
  return std::random_device()();
}

TEST(Simulation, WhatMustHoldHolds) {
  const uint64_t first = FirstSeed();
  std::cout << "TALLY_SEED=" << first << "\n";
  Report all;
  for (uint64_t seed = first; seed < first + kSeeds; ++seed) {
    const Report report = Simulate({.seed = seed});
    ASSERT_EQ(report.wrong, "") << "TALLY_SEED=" << seed;
    all.crashes += report.crashes;
    all.failures += report.failures;
    all.acknowledged += report.acknowledged;
    all.snapshots += report.snapshots;
    all.snapshot_crashes += report.snapshot_crashes;
    all.from_snapshots += report.from_snapshots;
  }
  std::cout << "crashes " << all.crashes << ", failures " << all.failures
            << ", acknowledged " << all.acknowledged << "\n";
  EXPECT_GT(all.crashes, kSeeds);
  EXPECT_GT(all.failures, kSeeds / 10);
  EXPECT_GT(all.acknowledged, kSeeds);
  EXPECT_GT(all.snapshots, kSeeds);
  EXPECT_GT(all.snapshot_crashes, kSeeds / 10);
  EXPECT_GT(all.from_snapshots, kSeeds);
}

TEST(Simulation, ASeedGivesTheSameRunAgain) {
  for (uint64_t seed = 1; seed <= kSeedsTwice; ++seed) {
    const Report one = Simulate({.seed = seed});
    const Report other = Simulate({.seed = seed});
    ASSERT_EQ(one.trace, other.trace) << "TALLY_SEED=" << seed;
    ASSERT_NE(one.trace, Simulate({.seed = seed + kSeedsTwice}).trace);
  }
}

// The witness would notice: a disk that says it has what it does not.
TEST(Simulation, ADiskThatLosesAnAppendIsNoticed) {
  int noticed = 0;
  for (uint64_t seed = 1; seed <= kSeedsTwice; ++seed) {
    const Report report = Simulate({.seed = seed, .lose_an_append = true});
    noticed += report.wrong.empty() ? 0 : 1;
  }
  EXPECT_GT(noticed, kSeedsTwice * 3 / 4);
}

}  // namespace
}  // namespace tally::simulation
