#include "engine/state/registry.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

Product Of(std::string group, Category category = Category::kRegular) {
  return {.unit = "TNE", .group = std::move(group), .category = category};
}

TEST(RegistryTest, AGroupsProductsOfOneCategoryShareAPool) {
  Registry registry;
  registry.AddProduct("a", Of("oils"));
  registry.AddProduct("b", Of("oils"));
  registry.AddProduct("c", Of("oils", Category::kWaste));
  registry.AddProduct("d", Of(""));
  // Named like another's group.
  registry.AddProduct("oils", Of(""));
  const auto group = [&](std::string_view name) {
    return registry.at(registry.product_names.Find(name)).group_pool;
  };
  EXPECT_EQ(group("a"), group("b"));
  EXPECT_NE(group("a"), group("c"));
  EXPECT_EQ(group("d"), registry.at(ProductIndex(3)).own_pool);
  EXPECT_NE(group("oils"), group("a"));
  EXPECT_NE(registry.at(ProductIndex(0)).own_pool,
            registry.at(ProductIndex(1)).own_pool);
}

TEST(RegistryTest, TheFirstProductOfAGroupIsFoundWhateverItsCategory) {
  Registry registry;
  EXPECT_FALSE(registry.FirstOfGroup("oils").valid());
  registry.AddProduct("a", Of("oils", Category::kNeutral));
  registry.AddProduct("b", Of("oils"));
  EXPECT_EQ(registry.FirstOfGroup("oils"), ProductIndex(0));
  registry.RemoveLastProduct();
  registry.RemoveLastProduct();
  EXPECT_FALSE(registry.FirstOfGroup("oils").valid());
  EXPECT_TRUE(registry.pools.empty());
}

TEST(RegistryTest, SitesShareTheScopesThatTheyMay) {
  Registry registry;
  registry.AddParty("p", {});
  registry.AddParty("q", {});
  const PartyIndex p(0);
  const PartyIndex q(1);
  registry.AddSite("p1", {.party = p, .country = "CH", .scope_group = "g"});
  registry.AddSite("p2", {.party = p, .country = "CH"});
  registry.AddSite("q1", {.party = q, .country = "CH", .scope_group = "g"});
  const Site& p1 = registry.at(SiteIndex(0));
  const Site& p2 = registry.at(SiteIndex(1));
  const Site& q1 = registry.at(SiteIndex(2));

  EXPECT_NE(p1.own_scope, p2.own_scope);
  EXPECT_EQ(p1.party_scope, p2.party_scope);
  EXPECT_NE(p1.party_scope, q1.party_scope);
  EXPECT_EQ(p1.country_scope, p2.country_scope);
  EXPECT_NE(p1.country_scope, q1.country_scope);
  EXPECT_EQ(p1.group_scope, q1.group_scope);
  EXPECT_EQ(p2.group_scope, p2.own_scope);
  EXPECT_EQ(registry.FindScopeGroup("g"), p1.group_scope);
  EXPECT_EQ(registry.at(p1.group_scope).founder, p);
}

TEST(RegistryTest, WhatIsTakenBackTakesItsScopesAlong) {
  Registry registry;
  registry.AddParty("p", {});
  const size_t scopes = registry.scopes.size();
  registry.AddSite(
      "p1", {.party = PartyIndex(0), .country = "CH", .scope_group = "g"});
  registry.RemoveLastSite();
  EXPECT_EQ(registry.scopes.size(), scopes);
  EXPECT_FALSE(registry.FindScopeGroup("g").valid());
  EXPECT_FALSE(registry.site_names.Find("p1").valid());
  registry.RemoveLastParty();
  EXPECT_TRUE(registry.scopes.empty());
}

}  // namespace
}  // namespace tally
