// A sample of the trials that the command fault_trials runs all of.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/engine/storage/temporary_directory.h"
#include "tests/faults/fault_table.h"
#include "tests/faults/fault_trial.h"

namespace tally::faults {
namespace {

constexpr int64_t kEvery = 61;

int64_t Seed() {
  const char* const given = std::getenv("TALLY_SEED");
  if (given != nullptr) return std::strtoll(given, nullptr, 10) % kEvery;
  return static_cast<int64_t>(std::random_device()() % kEvery);
}

TEST(Faults, NothingAcknowledgedIsLostAndNothingIsHalfThere) {
  const int64_t seed = Seed();
  std::cout << "TALLY_SEED=" << seed << "\n";
  const TemporaryDirectory folder;

  const FaultTable table =
      RunTrials(folder.path(), {.every = kEvery, .first = seed});

  std::cout << table.ToString();
  EXPECT_TRUE(table.wrong.empty());
  EXPECT_GT(table.trials, 20);
}

// The trials would notice: a story that is answered otherwise is wrong.
TEST(Faults, AnotherOutcomeThanExpectedIsNoticed) {
  const TemporaryDirectory folder;
  Expected expected = TellInMemory();
  expected.portraits.back() += "else";
  const TrialReport report = RunTrial(
      folder.path(), {DiskOperation::kSync, 1'000'000, Fault::kFail}, expected);
  EXPECT_EQ(report.reaction, Reaction::kNotReached);
  EXPECT_NE(report.wrong.find("at the end"), std::string::npos) << report.wrong;
}

}  // namespace
}  // namespace tally::faults
