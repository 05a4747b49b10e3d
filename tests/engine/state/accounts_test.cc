#include "engine/state/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr ScopeIndex kMill(0);
constexpr ScopeIndex kDepot(1);
constexpr PoolIndex kOil(0);
constexpr ClaimIndex kSg = ClaimOf(SchemeIndex(0), Model::kSegregated);
constexpr ClaimIndex kOther = ClaimOf(SchemeIndex(1), Model::kSegregated);
constexpr ClaimSetIndex kSeveral(1 << 30);

AccountKey Holding(ScopeIndex scope, ClaimSetIndex claims, int lot = -1) {
  return {.scope = scope, .pool = kOil, .claims = claims, .item = lot};
}

TEST(AccountsTest, AnAccountIsKnownByItsKey) {
  Accounts accounts;
  const AccountKey key = Holding(kMill, SetOf(kSg));
  EXPECT_FALSE(accounts.Find(key).valid());
  EXPECT_EQ(accounts.Add(key), AccountIndex(0));
  EXPECT_EQ(accounts.Find(key), AccountIndex(0));
  EXPECT_FALSE(accounts.Find(Holding(kMill, kNoClaims)).valid());
  EXPECT_FALSE(accounts.Find(Holding(kMill, SetOf(kSg), 3)).valid());
  AccountKey retired = key;
  retired.kind = AccountKind::kRetired;
  EXPECT_FALSE(accounts.Find(retired).valid());
}

TEST(AccountsTest, ListsByScopeLotAndSeveralClaims) {
  Accounts accounts;
  const AccountIndex pool = accounts.Add(Holding(kMill, SetOf(kSg)));
  const AccountIndex lot = accounts.Add(Holding(kMill, SetOf(kSg), 3));
  const AccountIndex moved = accounts.Add(Holding(kDepot, SetOf(kSg), 3));
  const AccountIndex several = accounts.Add(Holding(kMill, kSeveral));
  EXPECT_THAT(accounts.OfScope(kMill), ElementsAre(pool, lot, several));
  EXPECT_THAT(accounts.OfScope(kDepot), ElementsAre(moved));
  EXPECT_THAT(accounts.OfScope(ScopeIndex(9)), IsEmpty());
  EXPECT_THAT(accounts.OfLot(LotIndex(3)), ElementsAre(lot, moved));
  EXPECT_THAT(accounts.OfLot(LotIndex(4)), IsEmpty());
  EXPECT_THAT(accounts.OfSeveralClaims(kMill, kOil), ElementsAre(several));
  EXPECT_THAT(accounts.OfSeveralClaims(kDepot, kOil), IsEmpty());

  accounts.RemoveLast();
  accounts.RemoveLast();
  EXPECT_THAT(accounts.OfScope(kMill), ElementsAre(pool, lot));
  EXPECT_THAT(accounts.OfLot(LotIndex(3)), ElementsAre(lot));
  EXPECT_THAT(accounts.OfSeveralClaims(kMill, kOil), IsEmpty());
  EXPECT_EQ(accounts.size(), 2);
}

TEST(AccountsTest, CreditsAreOfABlockNotOfALot) {
  Accounts accounts;
  AccountKey key = Holding(kMill, SetOf(kSg), 3);
  key.kind = AccountKind::kCredits;
  accounts.Add(key);
  EXPECT_EQ(key.block(), BlockIndex(3));
  EXPECT_FALSE(key.lot().valid());
  EXPECT_THAT(accounts.OfLot(LotIndex(3)), IsEmpty());
}

TEST(AccountsTest, RemembersWhatLeftUnderOtherSchemes) {
  Accounts accounts;
  const AccountIndex several = accounts.Add(Holding(kMill, kSeveral));
  accounts.AddSold(several, kSg, Quantity(5));
  accounts.AddSold(several, kOther, Quantity(7));
  EXPECT_EQ(accounts.SoldUnderOthers(several, kSg), Quantity(7));
  EXPECT_EQ(accounts.SoldUnderOthers(several, kOther), Quantity(5));
  accounts.AddSold(several, kOther, Quantity(-7));
  EXPECT_EQ(accounts.SoldUnderOthers(several, kSg), Quantity(0));
}

}  // namespace
}  // namespace tally
