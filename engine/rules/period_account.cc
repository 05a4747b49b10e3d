#include "engine/rules/period_account.h"

#include "engine/base/check.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "fmt/format.h"

namespace tally {
namespace {

// A country's sites share an account within one party: the actor, or the
// only party that has sites there.
ScopeIndex FindCountry(const Case& c, std::string_view country) {
  const Registry& registry = c.state.registry();
  const PartyIndex actor = registry.party_names.Find(c.event.actor);
  if (actor.valid()) return registry.FindCountryScope(country, actor);
  ScopeIndex only;
  for (const Site& site : registry.sites) {
    if (site.country != country || site.country_scope == only) continue;
    if (only.valid()) return ScopeIndex();
    only = site.country_scope;
  }
  return only;
}

ScopeIndex FindScope(const Case& c, std::string_view name, AccountScope scope) {
  const Registry& registry = c.state.registry();
  switch (scope) {
    case AccountScope::kSite: {
      const SiteIndex site = registry.site_names.Find(name);
      return site.valid() ? registry.at(site).own_scope : ScopeIndex();
    }
    case AccountScope::kScopeGroup:
      return registry.FindScopeGroup(name);
    case AccountScope::kParty: {
      const PartyIndex party = registry.party_names.Find(name);
      return party.valid() ? registry.at(party).scope : ScopeIndex();
    }
    case AccountScope::kCountry:
      return FindCountry(c, name);
  }
  TALLY_CHECK(false);
}

ScopeIndex ScopeNamed(Case& c, std::string_view kind,
                      const PeriodAccount& account, AccountScope scope) {
  if (!account.site.empty()) {
    const SiteIndex site =
        FindSite(c, FieldPath(kind).Of("account").Of("site"), account.site);
    if (!site.valid()) return ScopeIndex();
    return ScopeOf(c.state.registry().at(site), scope);
  }
  const ScopeIndex found = FindScope(c, account.scope, scope);
  if (!found.valid()) {
    c.verdict.Refuse(Refuse(
        Code::kUnknownSite,
        fmt::format("{}.account.scope: \"{}\" names no sites that share an "
                    "account under scheme \"{}\"",
                    kind, account.scope, account.scheme)));
  }
  return found;
}

PoolIndex PoolNamed(Case& c, std::string_view kind,
                    const PeriodAccount& account) {
  const Registry& registry = c.state.registry();
  if (!account.product.empty()) {
    const ProductIndex product = FindProduct(
        c, FieldPath(kind).Of("account").Of("product"), account.product);
    return product.valid() ? registry.at(product).group_pool : PoolIndex();
  }
  // The group's regular products; a product names those of another category.
  const PoolIndex regular =
      registry.FindGroupPool(account.group, Category::kRegular);
  if (regular.valid()) return regular;
  const ProductIndex first = registry.FirstOfGroup(account.group);
  if (first.valid()) return registry.at(first).group_pool;
  c.verdict.Refuse(
      Refuse(Code::kUnknownProduct,
             fmt::format("{}.account.group: there is no product of group "
                         "\"{}\"",
                         kind, account.group)));
  return PoolIndex();
}

}  // namespace

std::optional<PeriodKey> FindPeriodAccount(Case& c, std::string_view kind,
                                           const PeriodAccount& account,
                                           Date date) {
  const SchemeIndex scheme =
      FindScheme(c, FieldPath(kind).Of("account").Of("scheme"), account.scheme);
  if (!scheme.valid()) return std::nullopt;
  const AccountScope sort =
      c.state.schemes().At(scheme, date).mass_balance.scope;
  const ScopeIndex scope = ScopeNamed(c, kind, account, sort);
  const PoolIndex pool = PoolNamed(c, kind, account);
  if (!c.verdict.accepted()) return std::nullopt;
  return PeriodKey{.scope = scope, .pool = pool, .scheme = scheme};
}

}  // namespace tally
