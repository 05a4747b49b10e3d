#include "engine/state/registry.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"

namespace tally {
namespace {

// The separator is not a character of ids, so that no product's name can look
// like a group's.
std::string GroupPoolName(std::string_view group, Category category) {
  return fmt::format("group|{}|{}", group, Name(category));
}

std::string GroupScopeName(std::string_view group) {
  return fmt::format("group|{}", group);
}

std::string CountryScopeName(std::string_view country, std::string_view party) {
  return fmt::format("country|{}|{}", country, party);
}

}  // namespace

bool Party::Has(Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

PoolIndex Registry::PoolOf(const std::string& name, ProductIndex first) {
  const PoolIndex known = pool_names.Find(name);
  if (known.valid()) return known;
  pools.push_back(Pool{.first_product = first});
  return pool_names.Add(name);
}

ScopeIndex Registry::ScopeOf(const std::string& name, Scope scope) {
  const ScopeIndex known = scope_names.Find(name);
  if (known.valid()) return known;
  scopes.push_back(scope);
  scope_sites.emplace_back();
  return scope_names.Add(name);
}

void Registry::CutScopes(int32_t count) {
  while (scope_names.size() > count) {
    scope_names.RemoveLast();
    scopes.pop_back();
    scope_sites.pop_back();
  }
}

ProductIndex Registry::FirstOfGroup(std::string_view group) const {
  ProductIndex first;
  for (const Category category :
       {Category::kRegular, Category::kWaste, Category::kNeutral}) {
    const PoolIndex pool = pool_names.Find(GroupPoolName(group, category));
    if (!pool.valid()) continue;
    const ProductIndex candidate = at(pool).first_product;
    if (!first.valid() || candidate < first) first = candidate;
  }
  return first;
}

PoolIndex Registry::FindGroupPool(std::string_view group,
                                  Category category) const {
  return pool_names.Find(GroupPoolName(group, category));
}

ScopeIndex Registry::FindCountryScope(std::string_view country,
                                      PartyIndex party) const {
  return scope_names.Find(CountryScopeName(country, party_names.NameOf(party)));
}

ScopeIndex Registry::FindScopeGroup(std::string_view group) const {
  return scope_names.Find(GroupScopeName(group));
}

void Registry::AddProduct(std::string_view name, Product product) {
  const ProductIndex index(product_names.size());
  product.pools_before = pool_names.size();
  product.own_pool = PoolOf(fmt::format("product|{}", name), index);
  product.group_pool =
      product.group.empty()
          ? product.own_pool
          : PoolOf(GroupPoolName(product.group, product.category), index);
  product_names.Add(name);
  products.push_back(std::move(product));
}

void Registry::RemoveLastProduct() {
  const int32_t pools_before = products.back().pools_before;
  while (pool_names.size() > pools_before) {
    pool_names.RemoveLast();
    pools.pop_back();
  }
  products.pop_back();
  product_names.RemoveLast();
}

void Registry::AddParty(std::string_view name, Party party) {
  const PartyIndex index(party_names.size());
  party.scopes_before = scope_names.size();
  party.scope = ScopeOf(fmt::format("party|{}", name), Scope{.party = index});
  party_names.Add(name);
  parties.push_back(std::move(party));
}

void Registry::RemoveLastParty() {
  CutScopes(parties.back().scopes_before);
  parties.pop_back();
  party_names.RemoveLast();
}

void Registry::AddSite(std::string_view name, Site site) {
  const SiteIndex index(site_names.size());
  site.scopes_before = scope_names.size();
  site.own_scope = ScopeOf(fmt::format("site|{}", name),
                           Scope{.site = index, .party = site.party});
  site.party_scope = at(site.party).scope;
  site.group_scope = site.scope_group.empty()
                         ? site.own_scope
                         : ScopeOf(GroupScopeName(site.scope_group),
                                   Scope{.founder = site.party});
  // A country's sites share an account only within one party: the account is
  // the holder's, never its neighbours'.
  site.country_scope =
      site.country.empty()
          ? site.own_scope
          : ScopeOf(
                CountryScopeName(site.country, party_names.NameOf(site.party)),
                Scope{.party = site.party});
  JoinScopes(index, site);
  site_names.Add(name);
  sites.push_back(std::move(site));
}

void Registry::JoinScopes(SiteIndex index, const Site& site) {
  for (const ScopeIndex scope : {site.own_scope, site.group_scope,
                                 site.party_scope, site.country_scope}) {
    std::vector<SiteIndex>& list =
        scope_sites[static_cast<size_t>(scope.value())];
    // Without group or country the site's own scope stands for theirs.
    if (list.empty() || list.back() != index) list.push_back(index);
  }
}

void Registry::LeaveScopes(SiteIndex index) {
  const Site& site = at(index);
  for (const ScopeIndex scope : {site.own_scope, site.group_scope,
                                 site.party_scope, site.country_scope}) {
    std::vector<SiteIndex>& list =
        scope_sites[static_cast<size_t>(scope.value())];
    if (!list.empty() && list.back() == index) list.pop_back();
  }
}

void Registry::RemoveLastSite() {
  LeaveScopes(SiteIndex(site_names.size() - 1));
  CutScopes(sites.back().scopes_before);
  sites.pop_back();
  site_names.RemoveLast();
}

}  // namespace tally
