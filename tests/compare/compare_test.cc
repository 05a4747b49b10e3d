// The engine and the reference answer random streams alike: a few streams that
// are always the same, and as many new ones as the time allows.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/compare/stream.h"

namespace tally::compare {
namespace {

constexpr int64_t kEventsPerStream = 150;

void ExpectAlike(uint64_t seed, AnswerCounts* counts) {
  const StreamResult result = CompareStream(seed, kEventsPerStream, counts);
  ASSERT_TRUE(result.alike())
      << "TALLY_SEED=" << seed << "\n"
      << result.sort << "\n"
      << result.difference << "\nas a scenario, with the reference's answers:\n"
      << result.scenario.dump(1);
}

TEST(Compare, FixedStreamsAreAnsweredAlike) {
  constexpr uint64_t kStreams = 20;
  AnswerCounts counts;
  for (uint64_t seed = 1; seed <= kStreams; ++seed) ExpectAlike(seed, &counts);
  int64_t all = 0;
  for (const auto& [code, count] : counts) all += count;
  // Streams of refusals would show little.
  EXPECT_GT(counts["ACCEPTED"] * 2, all);
  EXPECT_GT(counts.size(), 30U);
}

// TALLY_SEED repeats what failed.
TEST(Compare, NewStreamsAreAnsweredAlike) {
  const char* const given = std::getenv("TALLY_SEED");
  const uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10)
                                         : std::random_device()();
  std::cout << "TALLY_SEED=" << seed << "\n";
  constexpr uint64_t kStreams = 30;
  constexpr auto kTimeWanted = std::chrono::seconds(10);
  const auto start = std::chrono::steady_clock::now();
  AnswerCounts counts;
  for (uint64_t i = 0; i < kStreams; ++i) {
    if (std::chrono::steady_clock::now() - start > kTimeWanted && i > 2) break;
    ExpectAlike(seed + i, &counts);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace tally::compare
