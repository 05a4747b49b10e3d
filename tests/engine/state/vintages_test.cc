#include "engine/state/vintages.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

VintageMove Move(int32_t day, MoveKind kind, int64_t quantity) {
  return {.date = Date(day), .kind = kind, .quantity = Quantity(quantity)};
}

TEST(VintagesTest, MovesOfADayAndSortAreKeptAsOne) {
  Vintages vintages;
  vintages.Add(Move(1, MoveKind::kUse, 3));
  vintages.Add(Move(1, MoveKind::kUse, 4));
  ASSERT_EQ(vintages.moves().size(), 1u);
  EXPECT_EQ(vintages.moves().front().quantity, Quantity(7));
}

TEST(VintagesTest, ByDateAndUsesLast) {
  Vintages vintages;
  vintages.Add(Move(2, MoveKind::kUse, 1));
  vintages.Add(Move(2, MoveKind::kEntry, 2));
  vintages.Add(Move(1, MoveKind::kUse, 3));
  ASSERT_EQ(vintages.moves().size(), 3u);
  EXPECT_EQ(vintages.moves()[0].quantity, Quantity(3));
  EXPECT_EQ(vintages.moves()[1].quantity, Quantity(2));
  EXPECT_EQ(vintages.moves()[2].quantity, Quantity(1));
}

TEST(VintagesTest, WhatIsTakenBackLeavesNoTrace) {
  Vintages vintages;
  const VintageMove first = Move(1, MoveKind::kUse, 3);
  const VintageMove second = Move(1, MoveKind::kUse, 4);
  vintages.Add(first);
  vintages.Add(second);
  vintages.Remove(second);
  ASSERT_EQ(vintages.moves().size(), 1u);
  EXPECT_EQ(vintages.moves().front().quantity, Quantity(3));
  vintages.Remove(first);
  EXPECT_TRUE(vintages.moves().empty());
}

TEST(VintagesTest, MovesWithinDaysAreThoseOfBothEndsToo) {
  Vintages vintages;
  for (int day = 1; day <= 4; ++day) {
    vintages.Add(Move(day, MoveKind::kEntry, day));
  }
  const auto within = vintages.Within({Date(2), Date(3)});
  ASSERT_EQ(within.size(), 2u);
  EXPECT_EQ(within.front().date, Date(2));
  EXPECT_EQ(within.back().date, Date(3));
}

TEST(VintagesTest, AScheduleAtZeroIsGone) {
  Vintages vintages;
  const ExpiryKey key{.date = Date(9), .why = Expiry::kTime};
  vintages.Schedule(key, Quantity(5));
  EXPECT_EQ(vintages.schedule().size(), 1u);
  vintages.Schedule(key, Quantity(-5));
  EXPECT_TRUE(vintages.schedule().empty());
}

}  // namespace
}  // namespace tally
