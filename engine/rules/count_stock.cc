// count_stock: what is there against what the books say (R41). It posts
// nothing; the count itself is the record.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/natural.h"
#include "engine/profile/profile.h"
#include "engine/rules/lookup.h"
#include "engine/rules/planners.h"
#include "fmt/format.h"

namespace tally {
namespace {

// What of a scope's accounts can be stock of a product.
struct Pools {
  PoolIndex own;
  PoolIndex group;
};

// Adds the schemes under whose claims a scope has stock of the product.
void AddSchemes(const Case& c, ScopeIndex scope, const Pools& pools,
                std::vector<SchemeIndex>* schemes) {
  for (const AccountIndex index : c.state.accounts().OfScope(scope)) {
    const Account& account = c.state.accounts().at(index);
    if (account.key.kind != AccountKind::kHolding ||
        account.key.claims == kNoClaims) {
      continue;
    }
    if (account.key.pool != pools.own && account.key.pool != pools.group) {
      continue;
    }
    if (account.timeline.At(c.date) <= Quantity()) continue;
    for (const ClaimIndex claim :
         c.state.claim_sets().Members(account.key.claims)) {
      schemes->push_back(SchemeOf(claim));
    }
  }
}

// The schemes with stock at a site, or entitlement in a scope of its.
std::vector<SchemeIndex> SchemesAt(const Case& c, SiteIndex index,
                                   const Product& product) {
  const Site& site = c.state.registry().at(index);
  std::vector<ScopeIndex> scopes = {site.own_scope, site.group_scope,
                                    site.party_scope, site.country_scope};
  std::sort(scopes.begin(), scopes.end());
  scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
  std::vector<SchemeIndex> schemes;
  for (const ScopeIndex scope : scopes) {
    AddSchemes(c, scope, {product.own_pool, product.group_pool}, &schemes);
  }
  return schemes;
}

// The one that allows the least; not valid() where no scheme has stock.
SchemeIndex StrictestOf(const Case& c,
                        const std::vector<SchemeIndex>& schemes) {
  SchemeIndex strictest;
  for (const SchemeIndex scheme : schemes) {
    if (!strictest.valid() || c.ProfileOf(scheme).stock_tolerance_pct <
                                  c.ProfileOf(strictest).stock_tolerance_pct) {
      strictest = scheme;
    }
  }
  return strictest;
}

// Whether `off` is at most `tolerance` per cent of `book`.
bool IsWithin(int128 off, int128 book, Ratio tolerance) {
  if (book < 0) return false;
  const Natural all = Natural(book).Times(Natural(tolerance.numerator()));
  return Natural(off)
             .Times(Natural(100))
             .Times(Natural(tolerance.denominator())) <= all;
}

struct Count {
  int128 book = 0;
  Quantity physical;
  int128 off = 0;
};

void RefuseVariance(Case& c, ProductIndex index, SchemeIndex scheme,
                    const Count& count) {
  if (!c.verdict.Concerns(Code::kStockVariance)) return;
  const Product& product = c.state.registry().at(index);
  const Ratio tolerance = c.ProfileOf(scheme).stock_tolerance_pct;
  const std::string book = FormatUnits(count.book, product.decimals);
  const std::string off = FormatUnits(count.off, product.decimals);
  Refusal refusal = RefuseUnder(
      c, scheme, Code::kStockVariance,
      fmt::format("count_stock.physical_quantity: {} was counted, the books "
                  "say {}: {} apart, more than the {} % that scheme \"{}\" "
                  "allows; adjust the books first",
                  Show(c, index, count.physical), book, off,
                  tolerance.ToString(2), c.state.schemes().NameOf(scheme)));
  AddFigure(c, index, "physical", count.physical, &refusal);
  refusal.figures.push_back({"book", book, product.unit});
  refusal.figures.push_back({"variance", off, product.unit});
  refusal.figures.push_back({"tolerance", tolerance.ToString(2), "%"});
  c.verdict.Refuse(std::move(refusal));
}

}  // namespace

void PlanEvent(Case& c, const CountStock& count_stock) {
  const SiteIndex site = FindSite(c, "count_stock.site", count_stock.site);
  const ProductIndex product =
      FindProduct(c, "count_stock.product", count_stock.product);
  if (!c.verdict.accepted()) return;
  const std::optional<Quantity> physical =
      ReadQuantity(c, "count_stock.physical_quantity",
                   count_stock.physical_quantity, product, true);
  if (!physical) return;
  Count count{.book = c.state.book_stock().At(site, product, c.date),
              .physical = *physical};
  count.off = count.book - physical->units();
  if (count.off < 0) count.off = -count.off;
  if (count.off == 0) return;
  const SchemeIndex scheme =
      StrictestOf(c, SchemesAt(c, site, c.state.registry().at(product)));
  if (!scheme.valid()) return;
  if (!IsWithin(count.off, count.book,
                c.ProfileOf(scheme).stock_tolerance_pct)) {
    RefuseVariance(c, product, scheme, count);
  }
}

}  // namespace tally
