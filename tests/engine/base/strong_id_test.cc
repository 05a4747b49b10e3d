#include "engine/base/strong_id.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "absl/container/flat_hash_map.h"

namespace tally {
namespace {

using MillIndex = StrongIndex<struct MillTag>;
using ShipIndex = StrongIndex<struct ShipTag>;

static_assert(!std::is_convertible_v<MillIndex, ShipIndex>);
static_assert(!std::is_convertible_v<int32_t, MillIndex>);

TEST(StrongIndexTest, IsNoneUntilItHasAValue) {
  EXPECT_FALSE(MillIndex().valid());
  EXPECT_TRUE(MillIndex(0).valid());
  EXPECT_EQ(MillIndex(3).value(), 3);
  EXPECT_LT(MillIndex(), MillIndex(0));
}

TEST(StrongIndexTest, IsAKey) {
  absl::flat_hash_map<MillIndex, int> numbers;
  numbers[MillIndex(1)] = 10;
  numbers[MillIndex(2)] = 20;
  EXPECT_EQ(numbers.at(MillIndex(2)), 20);
  EXPECT_FALSE(numbers.contains(MillIndex()));
}

}  // namespace
}  // namespace tally
