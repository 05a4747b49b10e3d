// The engine and the reference answer random streams alike.

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
constexpr int kStreamsMin = 4;
constexpr int kStreamsMax = 40;
constexpr auto kTimeWanted = std::chrono::seconds(15);

uint64_t Seed() {
  const char* const given = std::getenv("TALLY_SEED");
  if (given != nullptr) return std::strtoull(given, nullptr, 10);
  return std::random_device()();
}

TEST(Compare, RandomStreamsAreAnsweredAlike) {
  const uint64_t seed = Seed();
  std::cout << "TALLY_SEED=" << seed << "\n";
  AnswerCounts counts;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kStreamsMax; ++i) {
    const bool late = std::chrono::steady_clock::now() - start > kTimeWanted;
    if (late && i >= kStreamsMin) break;
    const std::string difference = CompareStream(
        seed + static_cast<uint64_t>(i), kEventsPerStream, &counts);
    ASSERT_EQ(difference, "");
  }
  int64_t all = 0;
  for (const auto& [code, count] : counts) {
    all += count;
    std::cout << code << " " << count << "\n";
  }
  EXPECT_GT(counts["ACCEPTED"] * 2, all);
}

}  // namespace
}  // namespace tally::compare
