#include "engine/state/lots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Lot From(std::initializer_list<int> parents) {
  Lot lot;
  for (const int parent : parents) {
    lot.parents.push_back({.lot = LotIndex(parent)});
  }
  return lot;
}

TEST(LotsTest, ParentsKnowTheirChildren) {
  Lots lots;
  const LotIndex a = lots.Add("a", From({}));
  const LotIndex b = lots.Add("b", From({}));
  // Twice from a, and from a pool.
  const LotIndex c = lots.Add("c", From({0, 1, 0, -1}));
  const LotIndex d = lots.Add("d", From({2, 0}));
  EXPECT_EQ(lots.Find("c"), c);
  EXPECT_EQ(lots.NameOf(d), "d");
  EXPECT_EQ(lots.at(c).parents.size(), 4);
  EXPECT_THAT(lots.ChildrenOf(a), ElementsAre(c, d));
  EXPECT_THAT(lots.ChildrenOf(b), ElementsAre(c));
  EXPECT_THAT(lots.ChildrenOf(d), IsEmpty());

  lots.RemoveLast();
  EXPECT_THAT(lots.ChildrenOf(a), ElementsAre(c));
  lots.RemoveLast();
  EXPECT_THAT(lots.ChildrenOf(a), IsEmpty());
  EXPECT_THAT(lots.ChildrenOf(b), IsEmpty());
  EXPECT_FALSE(lots.Find("c").valid());
  EXPECT_EQ(lots.size(), 2);
}

}  // namespace
}  // namespace tally
