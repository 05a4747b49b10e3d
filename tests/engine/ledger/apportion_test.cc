#include "engine/ledger/apportion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

std::vector<int64_t> UnitsOf(const std::vector<FineQuantity>& parts) {
  std::vector<int64_t> units;
  for (const FineQuantity& part : parts) {
    units.push_back(part.RoundedHalfUp().units());
  }
  return units;
}

std::map<std::string, FineQuantity> Shares(
    int64_t whole, const std::vector<int64_t>& weights) {
  std::map<std::string, FineQuantity> shares;
  char name = 'a';
  for (const FineQuantity& part :
       Split(FineQuantity(Quantity(whole)), weights)) {
    shares[std::string(1, name++)] = part;
  }
  return shares;
}

std::vector<std::pair<std::string, int64_t>> Rounded(
    const std::map<std::string, FineQuantity>& shares) {
  std::vector<std::pair<std::string, int64_t>> rounded;
  for (const NamedShare& share : RoundShares(shares)) {
    rounded.emplace_back(share.name, share.quantity.units());
  }
  return rounded;
}

TEST(ApportionTest, SplitsInProportion) {
  EXPECT_THAT(UnitsOf(Split(FineQuantity(Quantity(100)), {60, 40})),
              testing::ElementsAre(60, 40));
  EXPECT_THAT(UnitsOf(Split(FineQuantity(Quantity(100)), {0, 1})),
              testing::ElementsAre(0, 100));
}

TEST(ApportionTest, SplitsTheLargestQuantities) {
  const std::vector<FineQuantity> parts =
      Split(FineQuantity(Quantity::Max()), {INT64_MAX, INT64_MAX, INT64_MAX});

  FineQuantity sum;
  for (const FineQuantity& part : parts) sum = sum.Plus(part);
  EXPECT_EQ(sum.RoundedDown(), Quantity::Max());
}

TEST(ApportionTest, TheRemainderGoesToTheLargestThenByName) {
  EXPECT_THAT(
      Rounded(Shares(100, {1, 1, 1})),
      testing::ElementsAre(testing::Pair("a", 34), testing::Pair("b", 33),
                           testing::Pair("c", 33)));
  // 16.67, 33.33, 50
  EXPECT_THAT(
      Rounded(Shares(100, {1, 2, 3})),
      testing::ElementsAre(testing::Pair("c", 50), testing::Pair("b", 33),
                           testing::Pair("a", 17)));
}

TEST(ApportionTest, WhatIsSplitAgainAndAgainStaysWhole) {
  std::map<std::string, FineQuantity> shares;
  FineQuantity rest{Quantity(1'000'003)};
  for (int i = 0; i < 10'000; ++i) {
    const std::vector<FineQuantity> parts = Split(rest, {1, 6});
    FineQuantity& share = shares["source-" + std::to_string(i % 3)];
    share = share.Plus(parts[0]);
    rest = parts[1];
  }
  shares["rest"] = rest;

  int64_t sum = 0;
  for (const NamedShare& share : RoundShares(shares)) {
    sum += share.quantity.units();
  }
  EXPECT_EQ(sum, 1'000'003);
}

TEST(ApportionTest, PortionsAreWeighedByWhatWentIn) {
  const Portion half =
      Portion::Mean({Portion::All(), Portion()}, {INT64_MAX, INT64_MAX});
  EXPECT_EQ(half.Of(Quantity(300)).RoundedHalfUp(), Quantity(150));
  const Portion third = Portion::Mean({Portion::All(), Portion()}, {1, 2});
  EXPECT_EQ(third.Of(Quantity(300)).RoundedHalfUp(), Quantity(100));
  EXPECT_EQ(Portion::All().Of(Quantity::Max()).RoundedHalfUp(),
            Quantity::Max());
}

}  // namespace
}  // namespace tally
