#include "engine/state/attribute_uses.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

Quantity AttributeUses::Gone(LotIndex lot) const {
  const auto found = uses_.find(lot);
  return found == uses_.end() ? Quantity() : found->second.gone;
}

const std::map<std::string, Quantity>* AttributeUses::SpentOf(
    LotIndex lot) const {
  const auto found = uses_.find(lot);
  return found == uses_.end() ? nullptr : &found->second.spent;
}

Quantity AttributeUses::Spent(LotIndex lot, std::string_view attribute) const {
  const std::map<std::string, Quantity>* spent = SpentOf(lot);
  if (spent == nullptr) return Quantity();
  const auto found = spent->find(std::string(attribute));
  return found == spent->end() ? Quantity() : found->second;
}

Quantity AttributeUses::MostSpent(LotIndex lot) const {
  Quantity most;
  const std::map<std::string, Quantity>* spent = SpentOf(lot);
  if (spent == nullptr) return most;
  for (const auto& [attribute, quantity] : *spent) {
    most = std::max(most, quantity);
  }
  return most;
}

void AttributeUses::Change(const AttributeUse& use, Quantity delta) {
  Uses& uses = uses_[use.lot];
  Quantity& sum = use.attribute.empty() ? uses.gone : uses.spent[use.attribute];
  const bool fits = sum.Add(delta);
  TALLY_CHECK(fits);
  if (!use.attribute.empty() && sum.IsZero()) uses.spent.erase(use.attribute);
  if (uses.gone.IsZero() && uses.spent.empty()) uses_.erase(use.lot);
}

void AttributeUses::Add(const AttributeUse& use) { Change(use, use.quantity); }

void AttributeUses::TakeBack(const AttributeUse& use) {
  Change(use, use.quantity.Negated());
}

}  // namespace tally
