#include "engine/base/natural.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace tally {
namespace {

int128 RandomValue(std::mt19937_64& random) {
  return static_cast<int128>(random() >> (random() % 64));
}

TEST(NaturalTest, ZeroIsTheLeast) {
  EXPECT_TRUE(Natural().IsZero());
  EXPECT_TRUE(Natural(0).IsZero());
  EXPECT_EQ(Natural(), Natural(0));
  EXPECT_LT(Natural(0), Natural(1));
  EXPECT_TRUE(Natural(7).Times(Natural(0)).IsZero());
}

TEST(NaturalTest, CarriesOverItsLimbs) {
  const Natural most(int128{UINT64_MAX});
  const Natural base = most.Plus(Natural(1));
  EXPECT_EQ(base, Natural(int128{1} << 64));
  EXPECT_EQ(base.Times(base).Plus(base), base.Times(base.Plus(Natural(1))));
  EXPECT_LT(most, base);
  // (b - 1)^2 + 2b = b^2 + 1
  EXPECT_EQ(most.Times(most).Plus(base).Plus(base),
            base.Times(base).Plus(Natural(1)));
}

TEST(NaturalTest, AgreesWithMachineWordsWhereTheyAreWideEnough) {
  std::mt19937_64 random(20250301);
  for (int i = 0; i < 20'000; ++i) {
    const int128 a = RandomValue(random);
    const int128 b = RandomValue(random) >> 1;
    ASSERT_EQ(Natural(a).Plus(Natural(b)), Natural(a + b));
    ASSERT_EQ(Natural(a).Times(Natural(b)), Natural(a * b));
    ASSERT_EQ(Natural(a) < Natural(b), a < b);
  }
}

TEST(NaturalTest, KeepsTheRulesOfArithmeticAtAnySize) {
  std::mt19937_64 random(7);
  Natural a(3);
  Natural b(5);
  for (int i = 0; i < 40; ++i) {
    const Natural c(RandomValue(random) + 1);
    EXPECT_EQ(a.Times(b), b.Times(a));
    EXPECT_EQ(a.Plus(b).Times(c), a.Times(c).Plus(b.Times(c)));
    EXPECT_LT(a, a.Plus(c));
    a = a.Times(c).Plus(Natural(1));
    b = b.Times(Natural(RandomValue(random) + 1));
  }
}

}  // namespace
}  // namespace tally
