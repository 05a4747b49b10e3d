#include "engine/ledger/period_queries.h"

#include <algorithm>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/ask.h"
#include "engine/ledger/find_names.h"
#include "engine/ledger/period_sheet.h"
#include "engine/rules/entitlements.h"
#include "fmt/format.h"

namespace tally {
namespace {

absl::StatusOr<PeriodAnswer> AskPeriod(const View& view,
                                       const PeriodQuestion& question) {
  const State& state = view.state;
  ASSIGN_OR_RETURN(const SiteIndex site, FindSite(state, question.site));
  ASSIGN_OR_RETURN(const ProductIndex product,
                   FindProduct(state, question.product));
  ASSIGN_OR_RETURN(const SchemeIndex scheme,
                   FindScheme(state, question.scheme));
  const PeriodKey key =
      PeriodKeyOf(state, question.from, site, product, scheme);
  const Period* period = state.periods().At(key, question.from);
  if (period == nullptr || period->days.first != question.from) {
    return absl::NotFoundError(fmt::format(
        "no period of this account starts on {}", question.from.ToString()));
  }
  return PeriodAnswer{.standing = view.standing,
                      .period = SheetOf(view, key, *period)};
}

struct Filter {
  PoolIndex pool;
  SchemeIndex scheme;
  PeriodState state = PeriodState::kUnspecified;

  bool Takes(const PeriodKey& key) const {
    return (!pool.valid() || key.pool == pool) &&
           (!scheme.valid() || key.scheme == scheme);
  }
  bool Takes(const Period& period) const {
    return state == PeriodState::kUnspecified || period.state == state;
  }
};

// The scopes that a site belongs to, each once.
std::vector<ScopeIndex> ScopesOf(const Site& site) {
  std::vector<ScopeIndex> scopes;
  for (const ScopeIndex scope : {site.own_scope, site.group_scope,
                                 site.country_scope, site.party_scope}) {
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) {
      scopes.push_back(scope);
    }
  }
  return scopes;
}

// Fills a page with what comes after `skip` periods that are asked for.
void Fill(const View& view, const Site& site, const Filter& filter,
          int64_t skip, size_t size, Page<PeriodView>* page) {
  int64_t seen = 0;
  for (const ScopeIndex scope : ScopesOf(site)) {
    for (const PeriodKey& key : view.state.periods().OfScope(scope)) {
      if (!filter.Takes(key)) continue;
      for (const Period& period : view.state.periods().Of(key)) {
        if (!filter.Takes(period) || seen++ < skip) continue;
        if (page->items.size() == size) {
          page->next = fmt::format("{}", seen - 1);
          return;
        }
        page->items.push_back(SheetOf(view, key, period));
      }
    }
  }
}

absl::StatusOr<Page<PeriodView>> AskPeriods(
    const View& view, const PeriodListQuestion& question) {
  const State& state = view.state;
  ASSIGN_OR_RETURN(const size_t size, PageSize(question.page.size));
  int64_t skip = 0;
  if (!question.page.after.empty()) {
    ASSIGN_OR_RETURN(skip, ReadPageNumber(question.page.after));
  }
  ASSIGN_OR_RETURN(const SiteIndex site, FindSite(state, question.site));
  Filter filter{.state = question.state};
  if (!question.product.empty()) {
    ASSIGN_OR_RETURN(const ProductIndex product,
                     FindProduct(state, question.product));
    filter.pool = state.registry().at(product).group_pool;
  }
  if (!question.scheme.empty()) {
    ASSIGN_OR_RETURN(filter.scheme, FindScheme(state, question.scheme));
  }
  Page<PeriodView> page;
  page.standing = view.standing;
  Fill(view, state.registry().at(site), filter, skip, size, &page);
  return page;
}

}  // namespace

absl::StatusOr<PeriodAnswer> GetPeriod(const Ledger& ledger,
                                       const PeriodQuestion& question) {
  return Ask<PeriodAnswer>(
      ledger, [&](const View& view) { return AskPeriod(view, question); });
}

absl::StatusOr<Page<PeriodView>> ListPeriods(
    const Ledger& ledger, const PeriodListQuestion& question) {
  return Ask<Page<PeriodView>>(
      ledger, [&](const View& view) { return AskPeriods(view, question); });
}

}  // namespace tally
