// What became of the attributes of lots whose scheme lets each be claimed once
// (R26): how much of a lot has gone, and of how much of what is left an
// attribute was claimed by itself.

#ifndef TALLY_ENGINE_STATE_ATTRIBUTE_USES_H_
#define TALLY_ENGINE_STATE_ATTRIBUTE_USES_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

// One change. Without an attribute: of what has gone.
struct AttributeUse {
  LotIndex lot;
  std::string attribute;
  Quantity quantity;  // below zero to take back
};

class AttributeUses {
 public:
  AttributeUses() = default;
  AttributeUses(const AttributeUses&) = delete;
  AttributeUses& operator=(const AttributeUses&) = delete;

  // Of the lot, consumed, sold away, made into something else or lost.
  Quantity Gone(LotIndex lot) const;
  // Of what is left of the lot, without the attribute.
  Quantity Spent(LotIndex lot, std::string_view attribute) const;
  // Without the attribute that the most of it is without.
  Quantity MostSpent(LotIndex lot) const;
  // By attribute.
  const std::map<std::string, Quantity>* SpentOf(LotIndex lot) const;

  void Add(const AttributeUse& use);
  void TakeBack(const AttributeUse& use);

 private:
  friend struct SnapshotAccess;

  struct Uses {
    Quantity gone;
    std::map<std::string, Quantity> spent;
  };

  void Change(const AttributeUse& use, Quantity delta);

  absl::flat_hash_map<LotIndex, Uses> uses_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_ATTRIBUTE_USES_H_
