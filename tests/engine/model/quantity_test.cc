#include "engine/model/quantity.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace tally {
namespace {

TEST(QuantityTest, AddsAndSubtracts) {
  Quantity quantity(40);
  EXPECT_TRUE(quantity.Add(Quantity(2)));
  EXPECT_EQ(quantity, Quantity(42));
  EXPECT_TRUE(quantity.Subtract(Quantity(100)));
  EXPECT_EQ(quantity, Quantity(-58));
  EXPECT_TRUE(quantity.IsNegative());
  EXPECT_EQ(quantity.Negated(), Quantity(58));
  EXPECT_TRUE(Quantity().IsZero());
  EXPECT_FALSE(Quantity(-1).IsZero());
}

TEST(QuantityTest, StaysWithin2To63EitherWay) {
  Quantity most = Quantity::Max();
  EXPECT_FALSE(most.Add(Quantity(1)));
  EXPECT_EQ(most, Quantity::Max());

  Quantity least = Quantity::Max().Negated();
  EXPECT_FALSE(least.Subtract(Quantity(1)));
  EXPECT_EQ(least, Quantity(-INT64_MAX));
  EXPECT_FALSE(least.Subtract(Quantity::Max()));
  EXPECT_EQ(least.Negated(), Quantity::Max());
  EXPECT_TRUE(least.Add(Quantity::Max()));
  EXPECT_TRUE(least.IsZero());
}

TEST(QuantityTest, SumAndDifferenceSayWhenTheyDoNotFit) {
  EXPECT_EQ(Sum(Quantity(1), Quantity(2)), Quantity(3));
  EXPECT_EQ(Sum(Quantity::Max(), Quantity(1)), std::nullopt);
  EXPECT_EQ(Difference(Quantity(1), Quantity(2)), Quantity(-1));
  EXPECT_EQ(Difference(Quantity::Max().Negated(), Quantity(1)), std::nullopt);
}

TEST(QuantityTest, Compares) {
  EXPECT_LT(Quantity(-1), Quantity(0));
  EXPECT_GT(Quantity::Max(), Quantity(0));
}

}  // namespace
}  // namespace tally
