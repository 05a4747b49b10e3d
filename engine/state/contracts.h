// Contracts: mass-balance material that was bought or sold and is to be
// delivered by a day. They move nothing; what is still to be delivered of them
// says how much may be sold.

#ifndef TALLY_ENGINE_STATE_CONTRACTS_H_
#define TALLY_ENGINE_STATE_CONTRACTS_H_

#include <cstdint>
#include <deque>
#include <string_view>
#include <tuple>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/state/names.h"

namespace tally {

using ContractIndex = StrongIndex<struct ContractTag>;

// The entitlement that contracts are about.
struct ContractKey {
  ScopeIndex scope;
  PoolIndex pool;
  ClaimIndex claim;

  friend bool operator==(const ContractKey&, const ContractKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const ContractKey& key) {
    return H::combine(std::move(hash), key.scope, key.pool, key.claim);
  }
};

struct Contract {
  ContractKey key;
  SiteIndex site;
  bool sale = false;
  Quantity quantity;
  Quantity delivered;
  Date agreed_on;
  Date deliver_by;
  Position position = -1;

  Quantity Open() const { return *Difference(quantity, delivered); }
};

// What is delivered of a contract, or no longer is to be.
struct Delivery {
  ContractIndex contract;
  Quantity quantity;
};

class Contracts {
 public:
  Contracts() = default;
  Contracts(const Contracts&) = delete;
  Contracts& operator=(const Contracts&) = delete;

  int32_t size() const { return names_.size(); }
  ContractIndex Find(std::string_view name) const { return names_.Find(name); }
  std::string_view NameOf(ContractIndex index) const {
    return names_.NameOf(index);
  }
  const Contract& at(ContractIndex index) const {
    return contracts_[static_cast<size_t>(index.value())];
  }
  // The contract that the event at a position agreed; not valid() for none.
  ContractIndex AgreedAt(Position position) const;

  // What is still to be delivered of all purchases, or sales, that were agreed
  // by a day and are to be delivered on one of these days.
  int128 OpenOf(const ContractKey& key, bool sale, Date agreed_by,
                DateRange delivery) const;

  // The name must be new.
  ContractIndex Add(std::string_view name, const Contract& contract);
  void RemoveLast();
  // At most what is open; a negative quantity takes it back.
  void Deliver(const Delivery& delivery);

 private:
  friend struct SnapshotAccess;

  using Due = std::pair<Date, ContractIndex>;  // by the day of delivery
  struct Lists {
    absl::btree_set<Due> purchases;
    absl::btree_set<Due> sales;
  };

  // Lists a contract while something of it is open.
  void List(ContractIndex index);
  void Unlist(ContractIndex index);

  Names<ContractIndex> names_;
  std::deque<Contract> contracts_;
  absl::flat_hash_map<ContractKey, Lists> open_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_CONTRACTS_H_
