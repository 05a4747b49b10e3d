#include "engine/ledger/registry_queries.h"

#include <utility>

#include "absl/functional/function_ref.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/ordered_names.h"

namespace tally {
namespace {

SchemeView ViewScheme(const State& state, SchemeIndex index) {
  return {.scheme = std::string(state.schemes().NameOf(index)),
          .versions = state.schemes().Versions(index)};
}

ProductView ViewProduct(const State& state, ProductIndex index) {
  const Product& product = state.registry().at(index);
  return {.product = std::string(state.registry().product_names.NameOf(index)),
          .name = product.name,
          .unit = product.unit,
          .decimals = product.decimals,
          .group = product.group,
          .category = product.category};
}

PartyView ViewParty(const State& state, PartyIndex index) {
  const Party& party = state.registry().at(index);
  return {.party = std::string(state.registry().party_names.NameOf(index)),
          .name = party.name,
          .roles = party.roles,
          .country = party.country,
          .lei = party.lei,
          .gln = party.gln};
}

SiteView ViewSite(const State& state, SiteIndex index) {
  const Registry& registry = state.registry();
  const Site& site = registry.at(index);
  return {.site = std::string(registry.site_names.NameOf(index)),
          .party = std::string(registry.party_names.NameOf(site.party)),
          .name = site.name,
          .country = site.country,
          .kinds = site.kinds,
          .scope_group = site.scope_group};
}

// The one that `find` finds, as `view_of` shows it.
template <typename Thing, typename Find, typename ViewOf>
absl::StatusOr<RegistryAnswer<Thing>> Get(const Ledger& ledger,
                                          std::string_view name, Find find,
                                          ViewOf view_of) {
  return Ask<RegistryAnswer<Thing>>(
      ledger, [&](const View& view) -> absl::StatusOr<RegistryAnswer<Thing>> {
        ASSIGN_OR_RETURN(const auto index, find(view.state, name));
        return RegistryAnswer<Thing>{.standing = view.standing,
                                     .thing = view_of(view.state, index)};
      });
}

// A page of the things that are `wanted`. `names` is their table.
template <typename Index, typename Thing, typename Names, typename ViewOf>
absl::StatusOr<Page<Thing>> List(const View& view, const Names& names,
                                 ViewOf view_of,
                                 absl::FunctionRef<bool(Index)> wanted,
                                 const PageQuestion& question) {
  ASSIGN_OR_RETURN(const OrderedNames ordered,
                   PageByName(
                       names.size(), question,
                       [&](int32_t i) { return names.NameOf(Index(i)); },
                       [&](int32_t i) { return wanted(Index(i)); }));
  Page<Thing> page{.standing = view.standing};
  for (const int32_t i : ordered.indices) {
    page.items.push_back(view_of(view.state, Index(i)));
  }
  if (ordered.more) page.next = names.NameOf(Index(ordered.indices.back()));
  return page;
}

}  // namespace

absl::StatusOr<RegistryAnswer<SchemeView>> GetScheme(const Ledger& ledger,
                                                     std::string_view scheme) {
  return Get<SchemeView>(ledger, scheme, FindScheme, ViewScheme);
}

absl::StatusOr<RegistryAnswer<ProductView>> GetProduct(
    const Ledger& ledger, std::string_view product) {
  return Get<ProductView>(ledger, product, FindProduct, ViewProduct);
}

absl::StatusOr<RegistryAnswer<PartyView>> GetParty(const Ledger& ledger,
                                                   std::string_view party) {
  return Get<PartyView>(ledger, party, FindParty, ViewParty);
}

absl::StatusOr<RegistryAnswer<SiteView>> GetSite(const Ledger& ledger,
                                                 std::string_view site) {
  return Get<SiteView>(ledger, site, FindSite, ViewSite);
}

absl::StatusOr<Page<SchemeView>> ListSchemes(const Ledger& ledger,
                                             const PageQuestion& page) {
  return Ask<Page<SchemeView>>(ledger, [&](const View& view) {
    return List<SchemeIndex, SchemeView>(
        view, view.state.schemes(), ViewScheme,
        [](SchemeIndex) { return true; }, page);
  });
}

absl::StatusOr<Page<ProductView>> ListProducts(const Ledger& ledger,
                                               std::string_view group,
                                               const PageQuestion& page) {
  return Ask<Page<ProductView>>(ledger, [&](const View& view) {
    const Registry& registry = view.state.registry();
    return List<ProductIndex, ProductView>(
        view, registry.product_names, ViewProduct,
        [&](ProductIndex index) {
          return group.empty() || registry.at(index).group == group;
        },
        page);
  });
}

absl::StatusOr<Page<PartyView>> ListParties(const Ledger& ledger, Role role,
                                            const PageQuestion& page) {
  return Ask<Page<PartyView>>(ledger, [&](const View& view) {
    const Registry& registry = view.state.registry();
    return List<PartyIndex, PartyView>(
        view, registry.party_names, ViewParty,
        [&](PartyIndex index) {
          return role == Role::kUnspecified || registry.at(index).Has(role);
        },
        page);
  });
}

absl::StatusOr<Page<SiteView>> ListSites(const Ledger& ledger,
                                         const SiteListQuestion& question) {
  return Ask<Page<SiteView>>(
      ledger, [&](const View& view) -> absl::StatusOr<Page<SiteView>> {
        const Registry& registry = view.state.registry();
        PartyIndex party;
        if (!question.party.empty()) {
          ASSIGN_OR_RETURN(party, FindParty(view.state, question.party));
        }
        return List<SiteIndex, SiteView>(
            view, registry.site_names, ViewSite,
            [&](SiteIndex index) {
              const Site& site = registry.at(index);
              return (!party.valid() || site.party == party) &&
                     (question.scope_group.empty() ||
                      site.scope_group == question.scope_group);
            },
            question.page);
      });
}

}  // namespace tally
