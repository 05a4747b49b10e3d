// Credits that were attached to shipments: where a scheme lets credits move
// only beside volume, what each shipment has carried so far.

#ifndef TALLY_ENGINE_STATE_ATTACHED_CREDITS_H_
#define TALLY_ENGINE_STATE_ATTACHED_CREDITS_H_

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/base/check.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

struct AttachKey {
  ShipmentIndex shipment;
  SchemeIndex scheme;
  ProductIndex product;

  friend bool operator==(const AttachKey&, const AttachKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const AttachKey& key) {
    return H::combine(std::move(hash), key.shipment, key.scheme, key.product);
  }
};

struct AttachChange {
  AttachKey key;
  Quantity quantity;
};

class AttachedCredits {
 public:
  // Wide: a high ratio lets a shipment carry more than one holding can have.
  int128 To(const AttachKey& key) const {
    const auto found = attached_.find(key);
    return found == attached_.end() ? 0 : found->second;
  }
  void Attach(const AttachChange& change) {
    attached_[change.key] += change.quantity.units();
  }
  void Detach(const AttachChange& change) {
    int128& attached = attached_[change.key];
    attached -= change.quantity.units();
    TALLY_CHECK(attached >= 0);
    if (attached == 0) attached_.erase(change.key);
  }

 private:
  friend struct SnapshotAccess;

  absl::flat_hash_map<AttachKey, int128> attached_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_ATTACHED_CREDITS_H_
