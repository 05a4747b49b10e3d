// What the registry events made known: products, parties and sites. Schemes
// and certificates have files of their own.

#ifndef TALLY_ENGINE_STATE_REGISTRY_H_
#define TALLY_ENGINE_STATE_REGISTRY_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/model/terms.h"
#include "engine/state/names.h"

namespace tally {

struct Product {
  std::string name;
  std::string unit;  // UN/CEFACT code
  int32_t decimals = 0;
  std::string group;  // empty: none
  Category category = Category::kRegular;
  // Its own pool, and that of its group and category; the same where it has
  // no group.
  PoolIndex own_pool;
  PoolIndex group_pool;
  int32_t pools_before = 0;  // how many there were, to take it back
};

struct Party {
  std::string name;
  std::string country;
  std::string lei;
  std::string gln;
  std::vector<Role> roles;
  ScopeIndex scope;  // one account for all its sites; its credits, too
  int32_t scopes_before = 0;

  bool Has(Role role) const;
};

struct Site {
  PartyIndex party;
  std::string name;
  std::string country;
  std::vector<std::string> kinds;
  std::string scope_group;
  // The scopes that a profile may ask for.
  ScopeIndex own_scope;
  ScopeIndex group_scope;  // its own where it has no group
  ScopeIndex party_scope;
  ScopeIndex country_scope;  // its own where no country is known
  int32_t scopes_before = 0;
};

// What a pool is made of: its first product names unit and decimals for all.
struct Pool {
  ProductIndex first_product;
};

// What a scope stands for, to name it in answers.
struct Scope {
  SiteIndex site;      // of a site's own scope
  PartyIndex party;    // of a site's or a party's scope
  PartyIndex founder;  // of a group's scope: whose site was its first
};

struct Registry {
  Names<ProductIndex> product_names;
  std::vector<Product> products;
  Names<PartyIndex> party_names;
  std::vector<Party> parties;
  Names<SiteIndex> site_names;
  std::vector<Site> sites;
  Names<PoolIndex> pool_names;
  std::vector<Pool> pools;
  Names<ScopeIndex> scope_names;
  std::vector<Scope> scopes;

  // The sites that share a scope's accounts, by scope, in order of arrival.
  std::vector<std::vector<SiteIndex>> scope_sites;

  const Product& at(ProductIndex index) const {
    return products[static_cast<size_t>(index.value())];
  }
  const Party& at(PartyIndex index) const {
    return parties[static_cast<size_t>(index.value())];
  }
  const Site& at(SiteIndex index) const {
    return sites[static_cast<size_t>(index.value())];
  }
  const Pool& at(PoolIndex index) const {
    return pools[static_cast<size_t>(index.value())];
  }
  const Scope& at(ScopeIndex index) const {
    return scopes[static_cast<size_t>(index.value())];
  }

  std::span<const SiteIndex> SitesOf(ScopeIndex scope) const {
    return scope_sites[static_cast<size_t>(scope.value())];
  }

  // The pool of a group's products of one category, and the scope of a
  // party's sites in one country; not valid() where there is none yet.
  PoolIndex FindGroupPool(std::string_view group, Category category) const;
  ScopeIndex FindCountryScope(std::string_view country, PartyIndex party) const;
  // The first product of a group, whatever its category, and the scope of a
  // group of sites; not valid() where there is none yet.
  ProductIndex FirstOfGroup(std::string_view group) const;
  ScopeIndex FindScopeGroup(std::string_view group) const;

  // The name must be new. The pools and scopes that the thing needs come with
  // it and go with it.
  void AddProduct(std::string_view name, Product product);
  void AddParty(std::string_view name, Party party);
  void AddSite(std::string_view name, Site site);
  void RemoveLastProduct();
  void RemoveLastParty();
  void RemoveLastSite();

 private:
  PoolIndex PoolOf(const std::string& name, ProductIndex first);
  ScopeIndex ScopeOf(const std::string& name, Scope scope);
  void CutScopes(int32_t count);
  void JoinScopes(SiteIndex index, const Site& site);
  void LeaveScopes(SiteIndex index);
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_REGISTRY_H_
