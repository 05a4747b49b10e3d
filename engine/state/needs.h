// Running totals of computed inputs.
//
// A debit computed from outputs is rounded on the sum of all need so far, so
// that a thousand small steps debit what one large step would. The need is
// kept exactly, as a whole part and a fraction.

#ifndef TALLY_ENGINE_STATE_NEEDS_H_
#define TALLY_ENGINE_STATE_NEEDS_H_

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/model/exact_quantity.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

struct NeedKey {
  SiteIndex site;
  std::string process;
  ProductIndex input;
  ClaimIndex claim;

  friend bool operator==(const NeedKey&, const NeedKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const NeedKey& key) {
    return H::combine(std::move(hash), key.site, key.process, key.input,
                      key.claim);
  }
};

struct RunningNeed {
  ExactQuantity need;
  Quantity debited;
};

using RunningNeeds = absl::flat_hash_map<NeedKey, RunningNeed>;

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_NEEDS_H_
