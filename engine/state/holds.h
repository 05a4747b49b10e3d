// What a certification body holds: nothing leaves it until it is released.

#ifndef TALLY_ENGINE_STATE_HOLDS_H_
#define TALLY_ENGINE_STATE_HOLDS_H_

#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "engine/model/indices.h"

namespace tally {

// A lot, a shipment, a block, or all of a product at a site.
class HoldTarget {
 public:
  HoldTarget() = default;
  explicit HoldTarget(LotIndex lot) : kind_(kLot), first_(lot.value()) {}
  explicit HoldTarget(ShipmentIndex shipment)
      : kind_(kShipment), first_(shipment.value()) {}
  explicit HoldTarget(BlockIndex block)
      : kind_(kBlock), first_(block.value()) {}
  HoldTarget(SiteIndex site, ProductIndex product)
      : kind_(kStock), first_(site.value()), second_(product.value()) {}

  friend bool operator==(const HoldTarget&, const HoldTarget&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const HoldTarget& target) {
    return H::combine(std::move(hash), target.kind_, target.first_,
                      target.second_);
  }

 private:
  friend struct SnapshotAccess;

  enum Kind : uint8_t { kLot, kShipment, kBlock, kStock };

  Kind kind_ = kLot;
  int32_t first_ = -1;
  int32_t second_ = -1;
};

class Holds {
 public:
  bool Contains(const HoldTarget& target) const {
    return !held_.empty() && held_.contains(target);
  }
  void Set(const HoldTarget& target, bool held) {
    if (held) {
      held_.insert(target);
    } else {
      held_.erase(target);
    }
  }

 private:
  friend struct SnapshotAccess;

  absl::flat_hash_set<HoldTarget> held_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_HOLDS_H_
