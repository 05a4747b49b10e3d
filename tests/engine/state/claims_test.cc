#include "engine/state/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr SchemeIndex kFirst(0);
constexpr SchemeIndex kSecond(1);
constexpr ClaimIndex kSg = ClaimOf(kFirst, Model::kSegregated);
constexpr ClaimIndex kMb = ClaimOf(kSecond, Model::kMassBalance);

TEST(ClaimsTest, AClaimIsItsSchemeAndModel) {
  EXPECT_EQ(SchemeOf(kMb), kSecond);
  EXPECT_EQ(ModelOf(kMb), Model::kMassBalance);
  EXPECT_EQ(ModelOf(ClaimIndex()), Model::kConventional);
}

TEST(ClaimsTest, SetsOfNoneAndOfOneNeedNoTable) {
  const ClaimSets sets;
  EXPECT_EQ(sets.Find({}), kNoClaims);
  EXPECT_EQ(SetOf(ClaimIndex()), kNoClaims);
  EXPECT_EQ(sets.Find({kSg}), SetOf(kSg));
  EXPECT_THAT(sets.Members(SetOf(kSg)), testing::ElementsAre(kSg));
  EXPECT_TRUE(sets.Members(kNoClaims).empty());
  EXPECT_TRUE(sets.Contains(SetOf(kSg), kSg));
  EXPECT_FALSE(sets.Contains(SetOf(kSg), kMb));
  EXPECT_FALSE(sets.Contains(kNoClaims, ClaimIndex()));
}

TEST(ClaimsTest, SetsOfSeveralAreKnownOnceAdded) {
  ClaimSets sets;
  const Claims both = {kSg, kMb};
  EXPECT_FALSE(sets.Find(both).valid());
  const ClaimSetIndex next = sets.Next();
  sets.Add(both);
  EXPECT_EQ(sets.Find(both), next);
  EXPECT_TRUE(ClaimSets::IsSeveral(next));
  EXPECT_FALSE(ClaimSets::IsSeveral(SetOf(kMb)));
  EXPECT_THAT(sets.Members(next), testing::ElementsAre(kSg, kMb));
  EXPECT_TRUE(sets.Contains(next, kMb));
  EXPECT_EQ(sets.UnderScheme(next, kSecond), kMb);
  EXPECT_FALSE(sets.UnderScheme(next, SchemeIndex(2)).valid());

  sets.RemoveLast();
  EXPECT_FALSE(sets.Find(both).valid());
  EXPECT_EQ(sets.Next(), next);
}

}  // namespace
}  // namespace tally
