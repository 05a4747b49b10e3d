#include "services/token_bucket.h"

#include "gtest/gtest.h"

namespace tally::services {
namespace {

constexpr int64_t kSecond = 1'000'000;

TEST(TokenBucketsTest, EachHasItsOwn) {
  TokenBuckets buckets(2, 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(buckets.Take("a", 0), 0);
  EXPECT_EQ(buckets.Take("a", 0), 500);
  EXPECT_EQ(buckets.Take("b", 0), 0);
}

TEST(TokenBucketsTest, FillsAtItsRateUpToItsDepth) {
  TokenBuckets buckets(2, 3);
  EXPECT_EQ(buckets.Take("a", 0, 3), 0);
  EXPECT_EQ(buckets.Take("a", kSecond / 2), 0);
  EXPECT_EQ(buckets.Take("a", kSecond / 2), 500);
  // However long it was left alone.
  EXPECT_EQ(buckets.Take("a", 1'000 * kSecond, 3), 0);
  EXPECT_EQ(buckets.Take("a", 1'000 * kSecond), 500);
}

TEST(TokenBucketsTest, MoreThanItsDepthIsThereWhenItIsFull) {
  TokenBuckets buckets(10, 10);
  EXPECT_EQ(buckets.Take("a", 0, 1'000), 0);
  EXPECT_EQ(buckets.Take("a", 0, 1'000), 1'000);
}

TEST(TokenBucketsTest, AClockSetBackAddsNothingAndTakesNothing) {
  TokenBuckets buckets(1, 2);
  EXPECT_EQ(buckets.Take("a", 10 * kSecond), 0);
  EXPECT_EQ(buckets.Take("a", 5 * kSecond), 0);
  EXPECT_EQ(buckets.Take("a", 5 * kSecond), 1'000);
}

TEST(TokenBucketsTest, ZeroIsNoLimit) {
  TokenBuckets buckets(0, 0);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(buckets.Take("a", 0), 0);
}

}  // namespace
}  // namespace tally::services
