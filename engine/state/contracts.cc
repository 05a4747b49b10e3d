#include "engine/state/contracts.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

ContractIndex Contracts::AgreedAt(Position position) const {
  const auto found = std::partition_point(
      contracts_.begin(), contracts_.end(),
      [&](const Contract& one) { return one.position < position; });
  if (found == contracts_.end() || found->position != position) return {};
  return ContractIndex(static_cast<int32_t>(found - contracts_.begin()));
}

int128 Contracts::OpenOf(const ContractKey& key, bool sale, Date agreed_by,
                         DateRange delivery) const {
  const auto found = open_.find(key);
  if (found == open_.end()) return 0;
  const auto& list = sale ? found->second.sales : found->second.purchases;
  int128 open = 0;
  for (auto at = list.lower_bound({delivery.first, ContractIndex(0)});
       at != list.end() && at->first <= delivery.last; ++at) {
    const Contract& contract = this->at(at->second);
    if (contract.agreed_on <= agreed_by) open += contract.Open().units();
  }
  return open;
}

ContractIndex Contracts::Add(std::string_view name, const Contract& contract) {
  const ContractIndex index = names_.Add(name);
  contracts_.push_back(contract);
  List(index);
  return index;
}

void Contracts::RemoveLast() {
  TALLY_CHECK(!contracts_.empty());
  Unlist(ContractIndex(size() - 1));
  contracts_.pop_back();
  names_.RemoveLast();
}

void Contracts::Deliver(const Delivery& delivery) {
  Unlist(delivery.contract);
  Contract& contract =
      contracts_[static_cast<size_t>(delivery.contract.value())];
  const bool fits = contract.delivered.Add(delivery.quantity);
  TALLY_CHECK(fits);
  TALLY_CHECK(!contract.delivered.IsNegative());
  TALLY_CHECK(!contract.Open().IsNegative());
  List(delivery.contract);
}

void Contracts::List(ContractIndex index) {
  const Contract& contract = at(index);
  if (contract.Open().IsZero()) return;
  Lists& lists = open_[contract.key];
  (contract.sale ? lists.sales : lists.purchases)
      .insert({contract.deliver_by, index});
}

void Contracts::Unlist(ContractIndex index) {
  const Contract& contract = at(index);
  const auto found = open_.find(contract.key);
  if (found == open_.end()) return;
  Lists& lists = found->second;
  (contract.sale ? lists.sales : lists.purchases)
      .erase({contract.deliver_by, index});
  if (lists.sales.empty() && lists.purchases.empty()) open_.erase(found);
}

}  // namespace tally
