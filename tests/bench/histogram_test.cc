#include "bench/client/histogram.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "bench/workload/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tally::bench {
namespace {

TEST(HistogramTest, IsEmptyAtFirst) {
  const Histogram histogram;

  EXPECT_EQ(histogram.count(), 0);
  EXPECT_EQ(histogram.mean(), 0);
  EXPECT_EQ(histogram.max(), 0);
  EXPECT_EQ(histogram.Percentile(990'000), 0);
}

TEST(HistogramTest, TellsSmallValuesExactly) {
  Histogram histogram;
  for (int64_t value = 1; value <= 100; ++value) histogram.Add(value);

  EXPECT_EQ(histogram.Percentile(10'000), 1);
  EXPECT_EQ(histogram.Percentile(500'000), 50);
  EXPECT_EQ(histogram.Percentile(990'000), 99);
  EXPECT_EQ(histogram.Percentile(1'000'000), 100);
  EXPECT_EQ(histogram.max(), 100);
  EXPECT_EQ(histogram.mean(), 50);
}

// The true percentile is at most one part in 128 below the one that is told.
TEST(HistogramTest, TellsLargeValuesToOnePartIn128) {
  Random random(7);
  std::vector<int64_t> values;
  Histogram histogram;
  for (int i = 0; i < 20'000; ++i) {
    values.push_back(random.Below(int64_t{1} << (1 + random.Below(38))));
    histogram.Add(values.back());
  }
  std::sort(values.begin(), values.end());

  for (const int64_t per_million :
       {1'000, 250'000, 500'000, 990'000, 999'000}) {
    const auto rank = static_cast<size_t>(
        (std::ssize(values) * per_million + 999'999) / 1'000'000 - 1);
    const int64_t told = histogram.Percentile(per_million);
    EXPECT_GE(told, values[rank]) << per_million;
    EXPECT_LE(told, values[rank] + values[rank] / 128 + 1) << per_million;
  }
  EXPECT_EQ(histogram.max(), values.back());
  EXPECT_EQ(histogram.Percentile(1'000'000), values.back());
}

TEST(HistogramTest, KeepsTheMaximumOfWhatIsBeyondTheLastBucket) {
  Histogram histogram;
  histogram.Add(5);
  histogram.Add(int64_t{1} << 60);

  EXPECT_EQ(histogram.Percentile(500'000), 5);
  EXPECT_EQ(histogram.Percentile(1'000'000), int64_t{1} << 60);
}

TEST(HistogramTest, CountsWhatIsBelowZeroAsZero) {
  Histogram histogram;
  histogram.Add(-3);

  EXPECT_EQ(histogram.count(), 1);
  EXPECT_EQ(histogram.Percentile(1'000'000), 0);
}

TEST(HistogramTest, MergesAsIfAllHadBeenAddedToOne) {
  Histogram one;
  Histogram two;
  Histogram both;
  for (int64_t value = 1; value < 3'000'000; value *= 3) {
    (value % 2 == 0 ? one : two).Add(value);
    two.Add(value * 2);
    both.Add(value);
    both.Add(value * 2);
  }
  one.Merge(two);

  EXPECT_EQ(one.count(), both.count());
  EXPECT_EQ(one.mean(), both.mean());
  EXPECT_EQ(one.max(), both.max());
  for (const int64_t per_million : {100'000, 500'000, 900'000}) {
    EXPECT_EQ(one.Percentile(per_million), both.Percentile(per_million));
  }
}

}  // namespace
}  // namespace tally::bench
