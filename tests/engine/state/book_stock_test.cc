#include "engine/state/book_stock.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace tally {
namespace {

const Date kDay = Date::FromCivil(2025, 3, 1);
constexpr SiteIndex kSite(0);
constexpr ProductIndex kOil(0);

StockChange ChangeOn(Date date, int64_t units) {
  return {
      .site = kSite, .product = kOil, .date = date, .delta = Quantity(units)};
}

TEST(BookStockTest, IsZeroWhereNothingCame) {
  BookStock stock;
  EXPECT_EQ(stock.At(kSite, kOil, kDay), 0);
  stock.Apply(ChangeOn(kDay, 5));
  EXPECT_EQ(stock.At(kSite, kOil, kDay.AddDays(-1)), 0);
  EXPECT_EQ(stock.At(SiteIndex(1), kOil, kDay), 0);
  EXPECT_EQ(stock.At(kSite, ProductIndex(1), kDay), 0);
}

TEST(BookStockTest, AnEarlierChangeCountsOnLaterDays) {
  BookStock stock;
  stock.Apply(ChangeOn(kDay.AddDays(5), 10));
  stock.Apply(ChangeOn(kDay, -3));
  EXPECT_EQ(stock.At(kSite, kOil, kDay), -3);
  EXPECT_EQ(stock.At(kSite, kOil, kDay.AddDays(4)), -3);
  EXPECT_EQ(stock.At(kSite, kOil, kDay.AddDays(5)), 7);
}

TEST(BookStockTest, SumsMoreThanOneHoldingCanBe) {
  BookStock stock;
  for (int i = 0; i < 4; ++i) stock.Apply(ChangeOn(kDay, INT64_MAX));
  EXPECT_EQ(stock.At(kSite, kOil, kDay), int128{INT64_MAX} * 4);
}

TEST(BookStockTest, TakingBackLeavesNoTrace) {
  std::mt19937_64 random(11);
  BookStock stock;
  stock.Apply(ChangeOn(kDay.AddDays(10), 7));
  std::vector<StockChange> changes;
  for (int i = 0; i < 200; ++i) {
    changes.push_back(
        ChangeOn(kDay.AddDays(static_cast<int32_t>(random() % 30)),
                 static_cast<int64_t>(random() % 100) - 50));
    stock.Apply(changes.back());
  }
  while (!changes.empty()) {
    stock.TakeBack(changes.back());
    changes.pop_back();
  }
  for (int32_t day = 0; day < 30; ++day) {
    EXPECT_EQ(stock.At(kSite, kOil, kDay.AddDays(day)), day < 10 ? 0 : 7);
  }
}

}  // namespace
}  // namespace tally
