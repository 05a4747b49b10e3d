#include "tests/reference/account.h"

#include <algorithm>

#include "tests/reference/expiry.h"

namespace tally::reference {

void View::EachPosted(const std::string& site, const std::string& product,
                      const std::function<void(const Posting&)>& visit) const {
  const auto wanted = [&](const Posting& posting) {
    return posting.boundary.empty() && posting.position <= known_at_ &&
           (site.empty() || posting.holding.site == site) &&
           (product.empty() || posting.holding.product == product);
  };
  for (const auto& [place, postings] : world_.postings) {
    if (!site.empty() && place.first != site) continue;
    if (!product.empty() && place.second != product) continue;
    for (const Posting& posting : postings) {
      if (wanted(posting)) visit(posting);
    }
  }
  if (plan_ == nullptr) return;
  for (const Posting& posting : plan_->postings) {
    if (wanted(posting)) visit(posting);
  }
}

void View::Each(const std::string& site, const std::string& product,
                const std::function<void(const Posting&)>& visit) const {
  EachPosted(site, product, visit);
  for (const Posting& posting : ExpiryByDate(*this)) {
    if (!site.empty() && posting.holding.site != site) continue;
    if (!product.empty() && posting.holding.product != product) continue;
    visit(posting);
  }
}

namespace {

bool IsLike(const Holding& holding, const Holding& other) {
  return holding.claims == other.claims &&
         (holding.claims.size() < 2 || holding.origin == other.origin);
}

}  // namespace

std::string ScopeOf(const World& world, const Profile& profile,
                    const std::string& site_id) {
  const Site& site = world.sites.at(site_id);
  const std::string& scope = profile.mass_balance.scope;
  if (scope == "PARTY") return "PARTY:" + site.party;
  if (scope == "COUNTRY" && !site.country.empty()) {
    return "COUNTRY:" + site.party + ":" + site.country;
  }
  if (scope == "SCOPE_GROUP" && !site.scope_group.empty()) {
    return "SCOPE_GROUP:" + site.scope_group;
  }
  return "SITE:" + site_id;
}

std::string GroupOf(const Product& product) {
  return product.group.empty() ? "product:" + product.id
                               : "group:" + product.group;
}

Account AccountOf(const World& world, const Holding& holding,
                  const std::optional<Claim>& claim) {
  Account account;
  account.claim = claim;
  account.lot = holding.lot;
  if (!account.IsMassBalance()) {
    account.site = holding.site;
    account.product = holding.product;
    return account;
  }
  const Product& product = world.ProductOf(holding.product);
  const Profile& profile = world.schemes.at(claim->scheme);
  account.scope = ScopeOf(world, profile, holding.site);
  account.group = GroupOf(product);
  account.category = product.category;
  if (profile.origin_match) account.origin = holding.origin;
  return account;
}

bool Counts(const World& world, const Account& account,
            const Holding& holding) {
  if (!account.claim) {
    return holding.claims.empty() && holding.site == account.site &&
           holding.product == account.product && holding.lot == account.lot;
  }
  return holding.claims.contains(*account.claim) &&
         AccountOf(world, holding, account.claim) == account;
}

Series Daily(const View& view, const Account& account, const Holding* only,
             const std::string& at_site) {
  Series series;
  const std::string& site = account.IsMassBalance() ? at_site : account.site;
  view.Each(site, account.product, [&](const Posting& posting) {
    if (!Counts(view.world(), account, posting.holding)) return;
    if (only != nullptr && !IsLike(posting.holding, *only)) return;
    series[posting.date] += posting.quantity;
  });
  Units balance = 0;
  for (auto& [date, value] : series) {
    balance += value;
    value = balance;
  }
  return series;
}

Units BalanceAt(const Series& series, Date date) {
  const auto after = series.upper_bound(date);
  return after == series.begin() ? 0 : std::prev(after)->second;
}

Units LowestFrom(const Series& series, Date date) {
  Units lowest = BalanceAt(series, date);
  for (auto it = series.upper_bound(date); it != series.end(); ++it) {
    lowest = std::min(lowest, it->second);
  }
  return lowest;
}

Units HighestFrom(const Series& series, Date date) {
  Units highest = BalanceAt(series, date);
  for (auto it = series.upper_bound(date); it != series.end(); ++it) {
    highest = std::max(highest, it->second);
  }
  return highest;
}

Units BookStock(const View& view, const std::string& site,
                const std::string& product, Date date) {
  Units stock = 0;
  view.Each(site, product, [&](const Posting& posting) {
    if (posting.date <= date) stock += posting.quantity;
  });
  return stock;
}

}  // namespace tally::reference
