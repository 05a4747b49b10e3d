#include "tests/reference/number.h"

#include <gtest/gtest.h>

namespace tally::reference {
namespace {

Rational Of(const char* text) { return *Rational::Parse(text); }

TEST(WholeTest, DividesTowardMinusInfinity) {
  EXPECT_EQ(Whole::Floor(Whole(7), Whole(2)), Whole(3));
  EXPECT_EQ(Whole::Floor(Whole(-7), Whole(2)), Whole(-4));
  EXPECT_EQ(Whole::Floor(Whole(-8), Whole(2)), Whole(-4));
  EXPECT_EQ(Whole::Floor(Whole(0), Whole(5)), Whole(0));
}

TEST(WholeTest, KeepsValuesFarBeyondSixtyFourBits) {
  const Whole big = Whole::PowerOfTen(60);
  EXPECT_EQ(Whole::Floor(big * Whole(7) + Whole(3), big), Whole(7));
  EXPECT_EQ(Whole::Floor(big * big, big), big);
  EXPECT_EQ(big - big, Whole(0));
  EXPECT_FALSE((big - big).IsNegative());
  EXPECT_LT(-big, Whole(0));
  EXPECT_EQ(big.ToUnits(), std::nullopt);
}

TEST(WholeTest, FindsTheGreatestCommonDivisor) {
  EXPECT_EQ(Whole::GreatestCommonDivisor(Whole(-84), Whole(36)), Whole(12));
  EXPECT_EQ(Whole::GreatestCommonDivisor(Whole(0), Whole(9)), Whole(9));
  const Whole big = Whole::PowerOfTen(40);
  EXPECT_EQ(Whole::GreatestCommonDivisor(big * Whole(6), big * Whole(15)),
            big * Whole(3));
}

TEST(RationalTest, ReadsOneFormOfDecimalAlone) {
  EXPECT_EQ(Of("0.50"), Rational(Whole(1), Whole(2)));
  for (const char* text : {"", ".5", "1.", "01", "-1", "+1", "1e3", "1,5"}) {
    EXPECT_FALSE(Rational::Parse(text)) << text;
  }
}

TEST(RationalTest, RoundsEachWay) {
  const Rational need = Of("100") / Of("0.82");
  EXPECT_EQ(need.Floor(), Whole(121));
  EXPECT_EQ(need.Ceiling(), Whole(122));
  EXPECT_EQ(need.ToDecimal(2), "121.95");
  EXPECT_EQ(Of("0.5").HalfUp(), Whole(1));
  EXPECT_EQ((-Of("0.5")).HalfUp(), Whole(0));
  EXPECT_EQ(Of("3").Ceiling(), Whole(3));
}

TEST(RationalTest, ManyThirdsAreWhole) {
  Rational sum;
  for (int i = 0; i < 300; ++i) sum = sum + Of("1") / Of("3");
  EXPECT_EQ(sum, Rational(100));
}

TEST(FormatUnitsTest, DropsTrailingZeros) {
  EXPECT_EQ(FormatUnits(1250, 2), "12.5");
  EXPECT_EQ(FormatUnits(-5, 3), "-0.005");
  EXPECT_EQ(FormatUnits(0, 3), "0");
  EXPECT_EQ(FormatUnits(INT64_MAX, 0), "9223372036854775807");
}

}  // namespace
}  // namespace tally::reference
