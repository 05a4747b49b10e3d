#include "engine/state/accounts.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

AccountIndex Accounts::Find(const AccountKey& key) const {
  const auto found = indices_.find(key);
  return found == indices_.end() ? AccountIndex() : found->second;
}

AccountIndex Accounts::Add(const AccountKey& key) {
  const AccountIndex index(size());
  const bool added = indices_.emplace(key, index).second;
  TALLY_CHECK(added);
  accounts_.push_back(Account{.key = key});
  const auto scope = static_cast<size_t>(key.scope.value());
  if (scope >= of_scope_.size()) of_scope_.resize(scope + 1);
  of_scope_[scope].push_back(index);
  if (key.lot().valid()) of_lot_[key.lot()].push_back(index);
  if (ClaimSets::IsSeveral(key.claims)) {
    of_several_[{key.scope, key.pool}].push_back(index);
  }
  if (key.origin != 0) of_any_origin_[{key.scope, key.pool}].push_back(index);
  return index;
}

void Accounts::RemoveLast() {
  TALLY_CHECK(!accounts_.empty());
  const AccountKey key = accounts_.back().key;
  if (key.origin != 0) of_any_origin_[{key.scope, key.pool}].pop_back();
  if (ClaimSets::IsSeveral(key.claims)) {
    of_several_[{key.scope, key.pool}].pop_back();
  }
  if (key.lot().valid()) of_lot_[key.lot()].pop_back();
  of_scope_[static_cast<size_t>(key.scope.value())].pop_back();
  indices_.erase(key);
  accounts_.pop_back();
}

void Accounts::AddSold(AccountIndex index, ClaimIndex claim,
                       Quantity quantity) {
  SoldUnder& sold = sold_[index];
  auto entry = std::find_if(sold.begin(), sold.end(), [claim](const auto& e) {
    return e.first == claim;
  });
  if (entry == sold.end()) entry = sold.insert(entry, {claim, Quantity()});
  const bool fits = entry->second.Add(quantity);
  TALLY_CHECK(fits);
}

Quantity Accounts::SoldUnderOthers(AccountIndex index, ClaimIndex claim) const {
  const auto found = sold_.find(index);
  Quantity total;
  if (found == sold_.end()) return total;
  for (const auto& [under, quantity] : found->second) {
    if (SchemeOf(under) == SchemeOf(claim)) continue;
    if (!total.Add(quantity)) return Quantity::Max();
  }
  return total;
}

std::span<const AccountIndex> Accounts::OfScope(ScopeIndex scope) const {
  const auto place = static_cast<size_t>(scope.value());
  if (!scope.valid() || place >= of_scope_.size()) return {};
  return of_scope_[place];
}

std::span<const AccountIndex> Accounts::OfLot(LotIndex lot) const {
  const auto found = of_lot_.find(lot);
  if (found == of_lot_.end()) return {};
  return found->second;
}

std::span<const AccountIndex> Accounts::OfSeveralClaims(ScopeIndex scope,
                                                        PoolIndex pool) const {
  const auto found = of_several_.find({scope, pool});
  if (found == of_several_.end()) return {};
  return found->second;
}

std::span<const AccountIndex> Accounts::OfAnyOrigin(ScopeIndex scope,
                                                    PoolIndex pool) const {
  const auto found = of_any_origin_.find({scope, pool});
  if (found == of_any_origin_.end()) return {};
  return found->second;
}

}  // namespace tally
