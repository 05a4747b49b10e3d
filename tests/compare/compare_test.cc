// The engine and the reference answer random streams alike: a few that are the
// same in every run. long_compare draws new ones.

#include <gtest/gtest.h>

#include <cstdint>

#include "tests/compare/stream.h"

namespace tally::compare {
namespace {

constexpr int64_t kEventsPerStream = 150;

void ExpectAlike(uint64_t seed, AnswerCounts* counts) {
  const StreamResult result = CompareStream(seed, kEventsPerStream, counts);
  ASSERT_TRUE(result.alike())
      << "seed " << seed << "\n"
      << result.sort << "\n"
      << result.difference << "\nas a scenario, with the reference's answers:\n"
      << result.scenario.dump(1);
}

TEST(Compare, FixedStreamsAreAnsweredAlike) {
  constexpr uint64_t kStreams = 20;
  AnswerCounts counts;
  for (uint64_t seed = 1; seed <= kStreams; ++seed) {
    ExpectAlike(seed, &counts);
  }
  int64_t all = 0;
  for (const auto& [code, count] : counts) all += count;
  // Streams of refusals would show little.
  EXPECT_GT(counts["ACCEPTED"] * 3, all);
  EXPECT_GT(counts.size(), 30U);
}

}  // namespace
}  // namespace tally::compare
