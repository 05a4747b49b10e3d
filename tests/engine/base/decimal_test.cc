#include "engine/base/decimal.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace tally {
namespace {

Decimal Of(std::string_view text) { return ParseDecimal(text).value(); }
Ratio R(std::string_view text) { return Ratio::Of(Of(text)).value(); }

TEST(ParseDecimalTest, KeepsWhatWasWritten) {
  EXPECT_EQ(Of("0"), (Decimal{.mantissa = 0, .scale = 0}));
  EXPECT_EQ(Of("1.50"), (Decimal{.mantissa = 150, .scale = 2}));
  EXPECT_EQ(Of("0.05"), (Decimal{.mantissa = 5, .scale = 2}));
  EXPECT_EQ(Of("9223372036854775807").mantissa, INT64_MAX);
  EXPECT_EQ(Of("0.000000000000000001").scale, 18);
  for (const std::string_view text :
       {"0", "0.0", "1.50", "0.05", "120", "9.223372036854775807"}) {
    EXPECT_EQ(Of(text).ToString(), text);
  }
}

TEST(ParseDecimalTest, RefusesTheRest) {
  for (const std::string_view text : {"",
                                      "-1",
                                      "+1",
                                      "01",
                                      "00",
                                      "00.1",
                                      ".5",
                                      "5.",
                                      "1.2.3",
                                      "1e3",
                                      "1,5",
                                      " 1",
                                      "1 ",
                                      "0x1",
                                      "NaN",
                                      "inf",
                                      "9223372036854775808",
                                      "10000000000000000000",
                                      "0.0000000000000000001",
                                      "9.2233720368547758080",
                                      "١"}) {
    EXPECT_EQ(ParseDecimal(text), std::nullopt) << text;
  }
}

TEST(DecimalTest, CountsUnits) {
  EXPECT_EQ(Of("1.5").Units(3), 1'500);
  EXPECT_EQ(Of("1.500").Units(1), 15);
  EXPECT_EQ(Of("1.500").Units(3), 1'500);
  EXPECT_EQ(Of("1.501").Units(2), std::nullopt);
  EXPECT_EQ(Of("9223372036854775807").Units(0), INT64_MAX);
  EXPECT_EQ(Of("9223372036854775807").Units(1), std::nullopt);
  EXPECT_EQ(Of("9223372036854.775807").Units(6), INT64_MAX);
  EXPECT_EQ(Of("9223372036854.8").Units(6), std::nullopt);
}

TEST(FormatUnitsTest, ShowsAllDecimals) {
  EXPECT_EQ(FormatUnits(12, 0), "12");
  EXPECT_EQ(FormatUnits(12, 2), "0.12");
  EXPECT_EQ(FormatUnits(0, 3), "0.000");
  EXPECT_EQ(FormatUnits(-12, 2), "-0.12");
  EXPECT_EQ(FormatUnits(-1'200, 2), "-12.00");
  EXPECT_EQ(FormatUnits(INT64_MAX, 6), "9223372036854.775807");
  EXPECT_EQ(FormatUnits(INT64_MIN, 6), "-9223372036854.775808");
  EXPECT_EQ(FormatUnits(INT64_MIN, 0), "-9223372036854775808");
}

TEST(RatioTest, IsReducedWithADenominatorAboveZero) {
  const Ratio half = Ratio::Of(-5, -10).value();
  EXPECT_EQ(half.numerator(), 1);
  EXPECT_EQ(half.denominator(), 2);
  const Ratio minus = Ratio::Of(5, -10).value();
  EXPECT_EQ(minus.numerator(), -1);
  EXPECT_EQ(minus.denominator(), 2);
  EXPECT_EQ(Ratio::Of(0, 7), Ratio(0));
  EXPECT_TRUE(Ratio().IsZero());
  EXPECT_EQ(R("0.20"), R("0.2"));
  EXPECT_EQ(Ratio::Of(1, 0), std::nullopt);
}

TEST(RatioTest, StaysBelow2To63) {
  EXPECT_TRUE(Ratio::Of(INT64_MAX, 1).has_value());
  EXPECT_EQ(Ratio::Of(int128{INT64_MAX} + 1, 1), std::nullopt);
  EXPECT_EQ(Ratio::Of(1, int128{INT64_MAX} + 1), std::nullopt);
  EXPECT_EQ(Ratio::Of(int128{INT64_MIN}, 1), std::nullopt);
  // What reduces to something small is taken, however large it was.
  EXPECT_EQ(Ratio::Of(int128{INT64_MAX} * 10, int128{INT64_MAX} * 5), Ratio(2));
  EXPECT_EQ(Ratio(INT64_MAX).Plus(Ratio(1)), std::nullopt);
  EXPECT_EQ(Ratio(INT64_MAX).Times(Ratio(2)), std::nullopt);
}

TEST(RatioTest, CalculatesExactly) {
  EXPECT_EQ(R("0.1").Plus(R("0.2")), R("0.3"));
  EXPECT_EQ(R("0.3").Minus(R("0.1")), R("0.2"));
  EXPECT_EQ(R("0.1").Minus(R("0.3")), Ratio::Of(-1, 5));
  EXPECT_EQ(R("0.82").Times(R("0.5")), R("0.41"));
  EXPECT_EQ(R("0.82").Over(R("0.30")), Ratio::Of(41, 15));
  EXPECT_EQ(Ratio(1).Over(Ratio(0)), std::nullopt);
  EXPECT_EQ(Ratio(1).Over(Ratio(-2)), Ratio::Of(-1, 2));
}

TEST(RatioTest, ComparesExactly) {
  EXPECT_LT(Ratio::Of(1, 3), Ratio::Of(333'333'334, 1'000'000'000));
  EXPECT_GT(Ratio::Of(1, 3), Ratio::Of(333'333'333, 1'000'000'000));
  EXPECT_LT(Ratio::Of(-1, 2), Ratio(0));
  EXPECT_LT(Ratio(INT64_MAX - 1), Ratio(INT64_MAX));
  EXPECT_LT(Ratio::Of(INT64_MAX - 2, INT64_MAX - 1),
            Ratio::Of(INT64_MAX - 1, INT64_MAX));
}

TEST(RatioTest, PrintsHalfUp) {
  EXPECT_EQ(Ratio::Of(947, 10)->ToString(1), "94.7");
  EXPECT_EQ(Ratio::Of(1, 3)->ToString(2), "0.33");
  EXPECT_EQ(Ratio::Of(2, 3)->ToString(2), "0.67");
  EXPECT_EQ(Ratio::Of(1, 2)->ToString(0), "1");
  EXPECT_EQ(Ratio::Of(-1, 4)->ToString(1), "-0.3");
  EXPECT_EQ(Ratio(7).ToString(0), "7");
}

TEST(RatioTest, PrintsTheLargestWithAllDecimals) {
  EXPECT_EQ(Ratio(INT64_MAX).ToString(6), "9223372036854775807.000000");
  EXPECT_EQ(Ratio(-INT64_MAX).ToString(18),
            "-9223372036854775807.000000000000000000");
  EXPECT_EQ(Ratio::Of(-1, 1'000)->ToString(1), "0.0");
}

TEST(ScaleTest, RoundsAsTold) {
  EXPECT_EQ(Scale(100, Ratio::Of(1, 3).value(), Rounding::kDown), 33);
  EXPECT_EQ(Scale(100, Ratio::Of(1, 3).value(), Rounding::kHalfUp), 33);
  EXPECT_EQ(Scale(100, Ratio::Of(1, 3).value(), Rounding::kUp), 34);
  EXPECT_EQ(Scale(1, Ratio::Of(1, 2).value(), Rounding::kHalfUp), 1);
  EXPECT_EQ(Scale(99, Ratio(1), Rounding::kUp), 99);
  EXPECT_EQ(Scale(0, R("0.2"), Rounding::kUp), 0);
}

TEST(ScaleTest, GivesThePublishedCocoaFigures) {
  // 100.00 kg of powder at a yield of 82 %, and 100.00 kg of a 30 % recipe.
  const Ratio need = Ratio(1).Over(R("0.82")).value();
  EXPECT_EQ(Scale(10'000, need, Rounding::kHalfUp), 12'195);
  EXPECT_EQ(Scale(10'000, need, Rounding::kUp), 12'196);
  const Ratio recipe = R("0.30").Over(R("0.82")).value();
  EXPECT_EQ(Scale(10'000, recipe, Rounding::kHalfUp), 3'659);
  EXPECT_EQ(Scale(10'000, recipe, Rounding::kDown), 3'658);
}

TEST(ScaleTest, RefusesWhatPasses2To63) {
  EXPECT_EQ(Scale(INT64_MAX, Ratio(1), Rounding::kUp), INT64_MAX);
  EXPECT_EQ(Scale(INT64_MAX, Ratio(2), Rounding::kDown), std::nullopt);
  EXPECT_EQ(Scale(INT64_MAX, Ratio(INT64_MAX), Rounding::kUp), std::nullopt);
  EXPECT_EQ(Scale(INT64_MAX, Ratio::Of(1, INT64_MAX).value(), Rounding::kDown),
            1);
}

TEST(DivideTest, RoundsAsTold) {
  EXPECT_EQ(static_cast<int64_t>(Divide(7, 2, Rounding::kDown)), 3);
  EXPECT_EQ(static_cast<int64_t>(Divide(7, 2, Rounding::kHalfUp)), 4);
  EXPECT_EQ(static_cast<int64_t>(Divide(7, 3, Rounding::kHalfUp)), 2);
  EXPECT_EQ(static_cast<int64_t>(Divide(7, 3, Rounding::kUp)), 3);
  EXPECT_EQ(static_cast<int64_t>(Divide(6, 3, Rounding::kUp)), 2);
}

TEST(DivideDeathTest, ChecksItsSigns) {
  EXPECT_DEATH(Divide(-1, 2, Rounding::kDown), "check failed");
  EXPECT_DEATH(Divide(1, 0, Rounding::kDown), "check failed");
}

}  // namespace
}  // namespace tally
