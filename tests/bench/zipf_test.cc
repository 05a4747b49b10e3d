#include "bench/workload/zipf.h"

#include <cmath>
#include <cstdint>
#include <vector>

#include "bench/workload/random.h"
#include "gtest/gtest.h"

namespace tally::bench {
namespace {

constexpr int kDraws = 200'000;

std::vector<int64_t> Draw(int64_t ranks, double exponent) {
  const Zipf zipf(ranks, exponent);
  Random random(11);
  std::vector<int64_t> counts(static_cast<size_t>(ranks));
  for (int i = 0; i < kDraws; ++i) {
    const int64_t rank = zipf.Draw(&random);
    EXPECT_GE(rank, 0);
    EXPECT_LT(rank, ranks);
    ++counts[static_cast<size_t>(rank)];
  }
  return counts;
}

// Each count is within six standard deviations of what the law says; the seed
// is fixed, so the test always ends the same.
void ExpectLaw(int64_t ranks, double exponent) {
  const std::vector<int64_t> counts = Draw(ranks, exponent);
  double sum = 0;
  for (int64_t k = 1; k <= ranks; ++k) {
    sum += std::pow(static_cast<double>(k), -exponent);
  }
  for (int64_t k = 1; k <= ranks; ++k) {
    const double share = std::pow(static_cast<double>(k), -exponent) / sum;
    const double wanted = kDraws * share;
    const double count =
        static_cast<double>(counts[static_cast<size_t>(k - 1)]);
    EXPECT_NEAR(count, wanted, 6 * std::sqrt(wanted) + 1)
        << "rank " << k << " of " << ranks << ", exponent " << exponent;
  }
}

TEST(ZipfTest, FollowsTheLaw) {
  ExpectLaw(100, 0.5);
  ExpectLaw(100, 0.99);
  ExpectLaw(100, 1.0);
  ExpectLaw(100, 2.0);
  ExpectLaw(2, 1.0);
}

TEST(ZipfTest, DrawsTheOnlyRank) { EXPECT_EQ(Draw(1, 1.0)[0], kDraws); }

TEST(ZipfTest, ReachesBothEndsOfManyRanks) {
  constexpr int64_t kRanks = 10'000'000;
  const Zipf zipf(kRanks, 0.9);
  Random random(5);
  int64_t least = kRanks;
  int64_t most = -1;
  for (int i = 0; i < kDraws; ++i) {
    const int64_t rank = zipf.Draw(&random);
    least = std::min(least, rank);
    most = std::max(most, rank);
  }
  EXPECT_EQ(least, 0);
  EXPECT_GT(most, kRanks / 10 * 9);
  EXPECT_LT(most, kRanks);
}

}  // namespace
}  // namespace tally::bench
