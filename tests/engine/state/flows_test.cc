#include "engine/state/flows.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace tally {
namespace {

const FlowKey kKey = {SchemeIndex(0), ScopeIndex(1), PoolIndex(2)};

Date On(int month, int day) { return Date::FromCivil(2025, month, day); }

FlowChange In(Date date, int64_t certified, int64_t all) {
  return {kKey, date, {.certified_in = certified, .all_in = all}};
}

FlowSums SumOf(const std::vector<MonthFlow>& months) {
  FlowSums sums;
  for (const MonthFlow& flow : months) sums.Add(flow.sums);
  return sums;
}

TEST(FlowsTest, MonthsWithoutFlowAreLeftOut) {
  Flows flows;
  EXPECT_TRUE(flows.Months(kKey, {On(1, 1), On(12, 31)}).empty());
  flows.Apply(In(On(5, 10), 1, 2));
  flows.Apply(In(On(2, 10), 3, 4));
  const auto months = flows.Months(kKey, {On(1, 1), On(12, 31)});
  ASSERT_EQ(months.size(), 2);
  EXPECT_EQ(months[0].month, On(2, 1));
  EXPECT_EQ(months[0].sums.certified_in, 3);
  EXPECT_EQ(months[1].month, On(5, 1));
  EXPECT_EQ(months[1].sums.all_in, 2);
  EXPECT_TRUE(flows
                  .Months({SchemeIndex(1), ScopeIndex(1), PoolIndex(2)},
                          {On(1, 1), On(12, 31)})
                  .empty());
}

TEST(FlowsTest, APartOfAMonthCountsItsDaysAlone) {
  Flows flows;
  flows.Apply(In(On(2, 1), 1, 1));
  flows.Apply(In(On(2, 28), 10, 10));
  flows.Apply(In(On(3, 15), 100, 100));
  EXPECT_EQ(SumOf(flows.Months(kKey, {On(2, 1), On(2, 27)})).all_in, 1);
  EXPECT_EQ(SumOf(flows.Months(kKey, {On(2, 2), On(3, 14)})).all_in, 10);
  EXPECT_EQ(SumOf(flows.Months(kKey, {On(2, 1), On(3, 15)})).all_in, 111);
  EXPECT_TRUE(flows.Months(kKey, {On(2, 2), On(2, 27)}).empty());
}

// Against a list that is summed anew each time.
TEST(FlowsTest, AgreesWithAListOfChanges) {
  std::mt19937_64 random(2025);
  Flows flows;
  std::vector<FlowChange> changes;
  for (int i = 0; i < 3'000; ++i) {
    if (!changes.empty() && random() % 3 == 0) {
      flows.TakeBack(changes.back());
      changes.pop_back();
    } else {
      FlowChange change =
          In(On(1, 1).AddDays(static_cast<int32_t>(random() % 365)),
             static_cast<int64_t>(random() % 10), 10);
      change.sums.all_out = static_cast<int64_t>(random() % 21) - 10;
      flows.Apply(change);
      changes.push_back(change);
    }
    const Date first = On(1, 1).AddDays(static_cast<int32_t>(random() % 365));
    const DateRange days = {
        first, first.AddDays(static_cast<int32_t>(random() % 200))};
    FlowSums expected;
    for (const FlowChange& change : changes) {
      if (days.Contains(change.date)) expected.Add(change.sums);
    }
    ASSERT_EQ(SumOf(flows.Months(kKey, days)), expected) << "change " << i;
  }
  while (!changes.empty()) {
    flows.TakeBack(changes.back());
    changes.pop_back();
  }
  EXPECT_TRUE(flows.Months(kKey, {On(1, 1), On(12, 31)}).empty());
}

}  // namespace
}  // namespace tally
