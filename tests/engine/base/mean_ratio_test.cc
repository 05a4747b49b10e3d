#include "engine/base/mean_ratio.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace tally {
namespace {

TEST(MeanRatioTest, IsZeroWithoutRatios) {
  const MeanRatio mean;
  EXPECT_EQ(mean.ToPercent(9), "0");
  EXPECT_EQ(mean.CompareTo(0, 1), std::strong_ordering::equal);
  EXPECT_TRUE(mean.CompareTo(1, 1'000'000) < 0);
  EXPECT_TRUE(mean.CompareTo(-1, 1'000'000) > 0);
}

TEST(MeanRatioTest, OneRatioIsItself) {
  MeanRatio mean;
  mean.Add(5, 6);
  EXPECT_EQ(mean.CompareTo(5, 6), std::strong_ordering::equal);
  EXPECT_EQ(mean.CompareTo(10, 12), std::strong_ordering::equal);
  EXPECT_TRUE(mean.CompareTo(83'333'333, 100'000'000) > 0);
  EXPECT_TRUE(mean.CompareTo(83'333'334, 100'000'000) < 0);
  EXPECT_EQ(mean.ToPercent(9), "83.333333333");
  EXPECT_EQ(mean.ToPercent(1), "83.3");
  EXPECT_EQ(mean.ToPercent(0), "83");
}

TEST(MeanRatioTest, WholePercentsShowNoZeros) {
  MeanRatio mean;
  mean.Add(1, 2);
  EXPECT_EQ(mean.ToPercent(9), "50");
  mean.Add(1, 1);
  EXPECT_EQ(mean.ToPercent(9), "75");
}

TEST(MeanRatioTest, IsCutOffAndNotRounded) {
  MeanRatio mean;
  mean.Add(2, 3);
  EXPECT_EQ(mean.ToPercent(9), "66.666666666");
}

// (780/800 + 700/750 + 600/670 + 856/870) / 4, to fifteen digits
// 0.946940941842512.
TEST(MeanRatioTest, AveragesMonthsExactly) {
  MeanRatio mean;
  mean.Add(780, 800);
  mean.Add(700, 750);
  mean.Add(600, 670);
  mean.Add(856, 870);
  EXPECT_EQ(mean.ToPercent(9), "94.694094184");
}

TEST(MeanRatioTest, TellsApartWhatDiffersInTheLastPlace) {
  const int128 big = INT64_MAX;
  MeanRatio mean;
  for (int128 month = 0; month < 120; ++month) {
    mean.Add(big - 2 * month - 1, big - 2 * month);
  }
  // The mean of 1 - 1/a lies between its least and its greatest.
  EXPECT_TRUE(mean.CompareTo(big - 240, big - 239) > 0);
  EXPECT_TRUE(mean.CompareTo(big - 1, big) < 0);
}

TEST(MeanRatioTest, TakesPartsBelowZero) {
  MeanRatio mean;
  mean.Add(-1, 2);
  EXPECT_EQ(mean.ToPercent(2), "0");
  EXPECT_EQ(mean.CompareTo(-1, 2), std::strong_ordering::equal);
  EXPECT_TRUE(mean.CompareTo(0, 1) < 0);
  mean.Add(1, 1);
  EXPECT_EQ(mean.CompareTo(1, 4), std::strong_ordering::equal);
}

}  // namespace
}  // namespace tally
