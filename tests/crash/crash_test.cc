// A few cycles of the crash test; crash_soak runs as many as there is time
// for.

#include <cstdlib>
#include <iostream>
#include <random>

#include "gtest/gtest.h"
#include "tests/crash/crash_run.h"

namespace tally::crash {
namespace {

constexpr int kCycles = 5;
constexpr int kClients = 4;

uint64_t Seed() {
  const char* const given = std::getenv("TALLY_SEED");
  if (given != nullptr) return std::strtoull(given, nullptr, 10);
  return std::random_device()();
}

TEST(Crash, NothingAcknowledgedIsLost) {
  const uint64_t seed = Seed();
  std::cout << "TALLY_SEED=" << seed << "\n";
  CrashRun run(seed, kClients);
  for (int i = 0; i < kCycles; ++i) ASSERT_TRUE(run.Cycle()) << run.wrong();
  EXPECT_EQ(run.figures().lost, 0);
  EXPECT_GT(run.figures().acknowledged, 0);
}

}  // namespace
}  // namespace tally::crash
