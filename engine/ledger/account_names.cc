#include "engine/ledger/account_names.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "engine/base/check.h"

namespace tally {
namespace {

AccountTerm TermOf(const State& state, const AccountKey& key) {
  switch (key.kind) {
    case AccountKind::kHolding:
      break;
    case AccountKind::kCredits:
      return AccountTerm::kCredits;
    case AccountKind::kRetired:
    case AccountKind::kWithdrawn:
      return AccountTerm::kRetired;
  }
  for (const ClaimIndex claim : state.claim_sets().Members(key.claims)) {
    if (ModelOf(claim) == Model::kMassBalance) return AccountTerm::kEntitlement;
  }
  return AccountTerm::kHolding;
}

void NameScope(const State& state, ScopeIndex index, NamedAccount* account) {
  const Registry& registry = state.registry();
  const Scope& scope = registry.at(index);
  if (scope.party.valid()) {
    account->party = registry.party_names.NameOf(scope.party);
  }
  if (scope.site.valid()) {
    account->site = registry.site_names.NameOf(scope.site);
    return;
  }
  // "group|north", "country|GH|party": what comes after the sort of scope.
  const std::string_view name = registry.scope_names.NameOf(index);
  const size_t bar = name.find('|');
  std::string_view rest = name.substr(bar + 1);
  account->scope = rest.substr(0, rest.find('|'));
}

void NamePool(const State& state, PoolIndex index, NamedAccount* account) {
  const Registry& registry = state.registry();
  const ProductIndex first = registry.at(index).first_product;
  const Product& product = registry.at(first);
  if (product.own_pool == index) {
    account->product = registry.product_names.NameOf(first);
  } else {
    account->group = product.group;
  }
}

std::string OriginName(uint16_t origin) {
  if (origin == 0) return {};
  return {static_cast<char>(origin >> 8), static_cast<char>(origin & 0xFF)};
}

}  // namespace

std::vector<NamedClaim> NameClaims(const State& state, ClaimSetIndex claims) {
  std::vector<NamedClaim> named;
  for (const ClaimIndex claim : state.claim_sets().Members(claims)) {
    named.push_back(
        {.scheme = std::string(state.schemes().NameOf(SchemeOf(claim))),
         .model = ModelOf(claim)});
  }
  std::sort(named.begin(), named.end());
  return named;
}

NamedAccount NameAccount(const State& state, const AccountKey& key) {
  NamedAccount account{.term = TermOf(state, key)};
  NameScope(state, key.scope, &account);
  NamePool(state, key.pool, &account);
  account.claims = NameClaims(state, key.claims);
  if (key.lot().valid()) account.lot = state.lots().NameOf(key.lot());
  if (key.block().valid()) account.block = state.credits().NameOf(key.block());
  account.origin_country = OriginName(key.origin);
  return account;
}

Amount AmountOf(const State& state, ProductIndex product, Quantity quantity) {
  const Product& known = state.registry().at(product);
  return {.quantity = quantity, .decimals = known.decimals, .unit = known.unit};
}

std::vector<TouchedBalance> TouchedBalances(const State& state,
                                            const Plan& plan) {
  absl::InlinedVector<std::pair<AccountIndex, Quantity>, 8> touched;
  for (const Posting& posting : plan.postings) {
    if (!posting.account.valid() || posting.expiry != Expiry::kNone) continue;
    const auto known = std::find_if(
        touched.begin(), touched.end(),
        [&](const auto& entry) { return entry.first == posting.account; });
    if (known == touched.end()) {
      touched.emplace_back(posting.account, posting.delta);
      continue;
    }
    const bool fits = known->second.Add(posting.delta);
    TALLY_CHECK(fits);
  }
  std::vector<TouchedBalance> balances;
  for (const auto& [index, delta] : touched) {
    const Account& account = state.accounts().at(index);
    const ProductIndex product =
        state.registry().at(account.key.pool).first_product;
    // Days after the latest move say what will expire.
    const Quantity balance =
        account.vintages == nullptr
            ? account.timeline.Latest()
            : account.timeline.At(account.vintages->LastDay());
    balances.push_back({.account = NameAccount(state, account.key),
                        .delta = AmountOf(state, product, delta),
                        .balance = AmountOf(state, product, balance)});
  }
  return balances;
}

}  // namespace tally
