#include "engine/state/timeline.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace tally {
namespace {

const Date kDay = Date::FromCivil(2025, 3, 1);

TEST(TimelineTest, IsZeroBeforeItsFirstPosting) {
  const Timeline timeline;
  EXPECT_EQ(timeline.Latest(), Quantity(0));
  EXPECT_EQ(timeline.At(kDay), Quantity(0));
  EXPECT_EQ(timeline.LeastFrom(kDay), Quantity(0));
  EXPECT_EQ(timeline.FirstDay(), Date::Max());
}

TEST(TimelineTest, ADayHoldsTheBalanceAtItsEnd) {
  Timeline timeline;
  timeline.Post(kDay, Quantity(10));
  timeline.Post(kDay, Quantity(-3));
  timeline.Post(kDay.AddDays(2), Quantity(5));
  EXPECT_EQ(timeline.At(kDay.AddDays(-1)), Quantity(0));
  EXPECT_EQ(timeline.At(kDay), Quantity(7));
  EXPECT_EQ(timeline.At(kDay.AddDays(1)), Quantity(7));
  EXPECT_EQ(timeline.At(kDay.AddDays(2)), Quantity(12));
  EXPECT_EQ(timeline.Latest(), Quantity(12));
  EXPECT_EQ(timeline.days().size(), 2);
  EXPECT_EQ(timeline.FirstDay(), kDay);
}

TEST(TimelineTest, AnEarlierPostingChangesAllLaterDays) {
  Timeline timeline;
  timeline.Post(kDay.AddDays(5), Quantity(10));
  timeline.Post(kDay, Quantity(4));
  timeline.Post(kDay.AddDays(3), Quantity(-1));
  EXPECT_EQ(timeline.At(kDay), Quantity(4));
  EXPECT_EQ(timeline.At(kDay.AddDays(3)), Quantity(3));
  EXPECT_EQ(timeline.At(kDay.AddDays(5)), Quantity(13));
  EXPECT_EQ(timeline.FirstDay(), kDay);
}

TEST(TimelineTest, LeastAndGreatestLookAheadFromADate) {
  Timeline timeline;
  timeline.Post(kDay, Quantity(10));
  timeline.Post(kDay.AddDays(2), Quantity(-8));
  timeline.Post(kDay.AddDays(4), Quantity(20));
  EXPECT_EQ(timeline.LeastFrom(kDay.AddDays(-1)), Quantity(0));
  EXPECT_EQ(timeline.LeastFrom(kDay), Quantity(2));
  EXPECT_EQ(timeline.LeastFrom(kDay.AddDays(4)), Quantity(22));
  EXPECT_EQ(timeline.LeastFrom(kDay.AddDays(9)), Quantity(22));
  EXPECT_EQ(timeline.GreatestFrom(kDay.AddDays(-1)), Quantity(22));
  EXPECT_EQ(timeline.GreatestFrom(kDay.AddDays(2)), Quantity(22));
}

TEST(TimelineTest, ADayGoesWithItsLastPosting) {
  Timeline timeline;
  timeline.Post(kDay.AddDays(1), Quantity(10));
  timeline.Post(kDay, Quantity(4));
  timeline.Post(kDay, Quantity(-4));
  timeline.Unpost(kDay, Quantity(-4));
  EXPECT_EQ(timeline.FirstDay(), kDay);
  EXPECT_EQ(timeline.Latest(), Quantity(14));
  timeline.Unpost(kDay, Quantity(4));
  EXPECT_EQ(timeline.FirstDay(), kDay.AddDays(1));
  EXPECT_EQ(timeline.Latest(), Quantity(10));
}

// Against the obvious: a map of deltas by date, summed up for each question.
class Deltas {
 public:
  void Add(Date date, int64_t delta) { deltas_[date] += delta; }
  int64_t At(Date date) const {
    int64_t sum = 0;
    for (const auto& [day, delta] : deltas_) {
      if (day <= date) sum += delta;
    }
    return sum;
  }
  int64_t LeastFrom(Date date) const {
    int64_t least = At(date);
    for (const auto& [day, delta] : deltas_) {
      if (day >= date) least = std::min(least, At(day));
    }
    return least;
  }

 private:
  std::map<Date, int64_t> deltas_;
};

TEST(TimelineTest, AgreesWithASumOfDeltasWhateverTheOrder) {
  constexpr uint32_t kSeed = 20'250'301;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937 random(kSeed);
  Timeline timeline;
  Deltas deltas;
  std::vector<std::pair<Date, Quantity>> posted;
  for (int i = 0; i < 2'000; ++i) {
    if (!posted.empty() && random() % 3 == 0) {
      const auto [date, delta] = posted.back();
      posted.pop_back();
      timeline.Unpost(date, delta);
      deltas.Add(date, -delta.units());
    } else {
      const Date date = kDay.AddDays(static_cast<int32_t>(random() % 40));
      const Quantity delta(static_cast<int64_t>(random() % 201) - 100);
      timeline.Post(date, delta);
      deltas.Add(date, delta.units());
      posted.emplace_back(date, delta);
    }
    const Date asked = kDay.AddDays(static_cast<int32_t>(random() % 44) - 2);
    ASSERT_EQ(timeline.At(asked).units(), deltas.At(asked)) << "step " << i;
    ASSERT_EQ(timeline.LeastFrom(asked).units(), deltas.LeastFrom(asked))
        << "step " << i;
  }
  while (!posted.empty()) {
    timeline.Unpost(posted.back().first, posted.back().second);
    posted.pop_back();
  }
  EXPECT_TRUE(timeline.days().empty());
}

}  // namespace
}  // namespace tally
