// Accounts: a holding, a party's credits or what it retired, each with its
// balance over business dates.
//
// An account is known by its key; the index is its place in order of arrival.
// Accounts are made by the first posting to them and never go away.

#ifndef TALLY_ENGINE_STATE_ACCOUNTS_H_
#define TALLY_ENGINE_STATE_ACCOUNTS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/state/claims.h"
#include "engine/state/timeline.h"
#include "engine/state/vintages.h"

namespace tally {

enum class AccountKind : uint8_t {
  kHolding = 0,    // stock or entitlement of a scope
  kCredits = 1,    // issued credits of one block with one party
  kRetired = 2,    // redeemed credits of one block by one party
  kWithdrawn = 3,  // withdrawn credits of one block, last held by one party
};

struct AccountKey {
  AccountKind kind = AccountKind::kHolding;
  ScopeIndex scope;
  PoolIndex pool;
  ClaimSetIndex claims = kNoClaims;
  int32_t item = -1;  // the lot of a holding, the block of credits
  // The origin country, two letters as a number, where the profile keeps one
  // account an origin; else 0.
  uint16_t origin = 0;

  LotIndex lot() const {
    return kind == AccountKind::kHolding ? LotIndex(item) : LotIndex();
  }
  BlockIndex block() const {
    return kind == AccountKind::kHolding ? BlockIndex() : BlockIndex(item);
  }

  friend bool operator==(const AccountKey&, const AccountKey&) = default;

  template <typename H>
  friend H AbslHashValue(H hash, const AccountKey& key) {
    return H::combine(std::move(hash), key.kind, key.scope, key.pool,
                      key.claims, key.item, key.origin);
  }
};

struct Account {
  AccountKey key;
  Timeline timeline;
  // Of what left this holding, what was booked as credits: it tells a later
  // shortfall's reason.
  Quantity booked;
  // Of an entitlement with periods or an end; nullptr for all else, which
  // then pays nothing for it.
  std::unique_ptr<Vintages> vintages;
};

class Accounts {
 public:
  Accounts() = default;
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  int32_t size() const { return static_cast<int32_t>(accounts_.size()); }

  AccountIndex Find(const AccountKey& key) const;
  // The key must be new.
  AccountIndex Add(const AccountKey& key);
  void RemoveLast();

  const Account& at(AccountIndex index) const {
    return accounts_[static_cast<size_t>(index.value())];
  }
  Account& at(AccountIndex index) {
    return accounts_[static_cast<size_t>(index.value())];
  }

  // What left stock under several claims under one of them; may be negative
  // to take it back. The caller has made sure that it fits.
  void AddSold(AccountIndex index, ClaimIndex claim, Quantity quantity);
  // What left it under any claim of another scheme than this one's.
  Quantity SoldUnderOthers(AccountIndex index, ClaimIndex claim) const;

  // All accounts of a scope, in order of arrival.
  std::span<const AccountIndex> OfScope(ScopeIndex scope) const;
  // All holdings of a lot, wherever they are.
  std::span<const AccountIndex> OfLot(LotIndex lot) const;
  // The holdings of a scope and pool that are under several claims at once.
  std::span<const AccountIndex> OfSeveralClaims(ScopeIndex scope,
                                                PoolIndex pool) const;
  // The entitlements of a scope and pool that are kept by origin country.
  std::span<const AccountIndex> OfAnyOrigin(ScopeIndex scope,
                                            PoolIndex pool) const;

 private:
  friend struct SnapshotAccess;

  using List = std::vector<AccountIndex>;
  using SoldUnder = absl::InlinedVector<std::pair<ClaimIndex, Quantity>, 2>;

  std::vector<Account> accounts_;
  absl::flat_hash_map<AccountKey, AccountIndex> indices_;
  std::vector<List> of_scope_;  // by scope
  absl::flat_hash_map<LotIndex, absl::InlinedVector<AccountIndex, 2>> of_lot_;
  absl::flat_hash_map<std::pair<ScopeIndex, PoolIndex>, List> of_several_;
  absl::flat_hash_map<std::pair<ScopeIndex, PoolIndex>, List> of_any_origin_;
  absl::flat_hash_map<AccountIndex, SoldUnder> sold_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_ACCOUNTS_H_
