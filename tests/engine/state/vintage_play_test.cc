#include "engine/state/vintage_play.h"

#include <gtest/gtest.h>

#include <vector>

#include "engine/state/vintages.h"

namespace tally {
namespace {

constexpr SiteIndex kSite(0);
constexpr ProductIndex kProduct(0);

Date Day(int day) { return Date::FromCivil(2025, 1, 1).AddDays(day - 1); }

VintageMove Move(int day, MoveKind kind, int64_t quantity,
                 ShipmentIndex shipment = {}) {
  return {.date = Day(day),
          .kind = kind,
          .site = kSite,
          .product = kProduct,
          .shipment = shipment,
          .quantity = Quantity(quantity)};
}
VintageMove Entry(int day, int64_t quantity) {
  return Move(day, MoveKind::kEntry, quantity);
}
VintageMove Use(int day, int64_t quantity, ShipmentIndex shipment = {}) {
  return Move(day, MoveKind::kUse, quantity, shipment);
}

// What enters lasts for ten days more.
VintageTerms TenDays() {
  return {.last_day = [](Date entered) { return entered.AddDays(10); }};
}
VintageTerms ForEver() {
  return {.last_day = [](Date) { return Date::Max(); }};
}

VintageHistory Play(const VintageTerms& terms, std::vector<VintageMove> moves) {
  Vintages vintages;
  for (const VintageMove& move : moves) vintages.Add(move);
  return PlayVintages(terms, vintages.moves());
}

int64_t Expired(const VintageHistory& history, int day,
                Expiry why = Expiry::kTime) {
  const auto found = history.expired.find({Day(day), why, kSite, kProduct});
  return found == history.expired.end() ? 0 : found->second.units();
}

TEST(VintagePlayTest, WhatIsUnusedIsGoneTheDayAfterItsLast) {
  const VintageHistory history = Play(TenDays(), {Entry(1, 10), Entry(5, 5)});
  EXPECT_EQ(Expired(history, 12), 10);
  EXPECT_EQ(Expired(history, 16), 5);
  EXPECT_TRUE(history.BalanceAt(Day(11)) == 15);
  EXPECT_TRUE(history.BalanceAt(Day(12)) == 5);
  EXPECT_TRUE(history.LeastFrom(Day(1)) == 0);
}

TEST(VintagePlayTest, TheOldestIsUsedFirst) {
  const VintageHistory history =
      Play(TenDays(), {Entry(1, 10), Entry(5, 5), Use(6, 12)});
  EXPECT_EQ(Expired(history, 12), 0);
  EXPECT_EQ(Expired(history, 16), 3);
  ASSERT_EQ(history.left.size(), 1u);
  EXPECT_EQ(history.left.front().entered, Day(5));
}

TEST(VintagePlayTest, AUseThatIsDatedBeforeOthersChangesWhatTheyUsed) {
  const VintageHistory before =
      Play(TenDays(), {Entry(1, 10), Entry(5, 5), Use(13, 2)});
  EXPECT_EQ(Expired(before, 12), 10);
  EXPECT_EQ(Expired(before, 16), 3);
  const VintageHistory after =
      Play(TenDays(), {Entry(1, 10), Entry(5, 5), Use(13, 2), Use(6, 4)});
  EXPECT_EQ(Expired(after, 12), 6);
  EXPECT_EQ(Expired(after, 16), 3);
}

TEST(VintagePlayTest, WhatEntersOnADayIsThereForItsUses) {
  const VintageHistory history = Play(TenDays(), {Use(1, 10), Entry(1, 10)});
  EXPECT_TRUE(history.LeastFrom(Day(1)) == 0);
  EXPECT_TRUE(history.expired.empty());
}

TEST(VintagePlayTest, ADeficitIsRepaidFirst) {
  const VintageHistory history =
      Play(TenDays(), {Use(1, 4), Entry(2, 3), Entry(3, 3)});
  EXPECT_TRUE(history.BalanceAt(Day(1)) == -4);
  EXPECT_TRUE(history.BalanceAt(Day(3)) == 2);
  EXPECT_EQ(Expired(history, 13), 0);
  EXPECT_EQ(Expired(history, 14), 2);
}

TEST(VintagePlayTest, WhatComesBackIsAsOldAsItWas) {
  const ShipmentIndex shipment(7);
  const VintageHistory history =
      Play(TenDays(), {Entry(1, 10), Use(2, 10, shipment), Entry(4, 5),
                       Move(6, MoveKind::kReturn, 10, shipment)});
  EXPECT_EQ(Expired(history, 12), 10);
  EXPECT_EQ(Expired(history, 15), 5);
}

TEST(VintagePlayTest, WhatComesBackTooLateLastsForThatDay) {
  const ShipmentIndex shipment(7);
  const VintageHistory history =
      Play(TenDays(), {Entry(1, 10), Use(2, 10, shipment),
                       Move(20, MoveKind::kReturn, 10, shipment)});
  EXPECT_TRUE(history.BalanceAt(Day(20)) == 10);
  EXPECT_EQ(Expired(history, 21), 10);
}

TEST(VintagePlayTest, EachDayOfAGapEndsWhatWasThereBefore) {
  VintageTerms terms = ForEver();
  terms.gaps = {{Day(5), Day(6)}};
  const VintageHistory history =
      Play(terms, {Entry(1, 10), Entry(5, 3), Entry(6, 2)});
  EXPECT_EQ(Expired(history, 5, Expiry::kGap), 10);
  EXPECT_EQ(Expired(history, 6, Expiry::kGap), 3);
  EXPECT_TRUE(history.BalanceAt(Day(9)) == 2);
}

TEST(VintagePlayTest, AGapWithoutEndIsNoEndlessWork) {
  VintageTerms terms = ForEver();
  terms.gaps = {{Day(5), Date::Max()}};
  const VintageHistory history = Play(terms, {Entry(1, 10)});
  EXPECT_EQ(Expired(history, 5, Expiry::kGap), 10);
  EXPECT_EQ(history.days.size(), 2u);
}

TEST(VintagePlayTest, WhatIsToEndSoonerEndsBeforeWhatCameEarlier) {
  const VintageTerms terms = {.last_day = [](Date entered) {
    return entered < Day(5) ? Date::Max() : entered.AddDays(3);
  }};
  const VintageHistory history =
      Play(terms, {Entry(1, 4), Entry(6, 10), Entry(7, 2), Use(7, 1)});
  EXPECT_EQ(Expired(history, 10), 10);
  EXPECT_EQ(Expired(history, 11), 2);
  EXPECT_TRUE(history.BalanceAt(Day(20)) == 3);
}

TEST(VintagePlayTest, NothingMovedIsNothing) {
  const VintageHistory history = Play(ForEver(), {});
  EXPECT_TRUE(history.days.empty());
  EXPECT_TRUE(history.BalanceAt(Day(1)) == 0);
}

}  // namespace
}  // namespace tally
