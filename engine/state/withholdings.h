// What a void gave back but holds back: the other side of the event that it
// reversed had gone on, and the same unit must not be claimed twice.
//
// A withholding says how much came back to an account and what it waits for:
// accounts that the void left below zero, or a shipment that had arrived. As
// those are made good, what is withheld gets less; see withheld.h.

#ifndef TALLY_ENGINE_STATE_WITHHOLDINGS_H_
#define TALLY_ENGINE_STATE_WITHHOLDINGS_H_

#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/check.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

// What a void could not take back. An account, or a shipment; or neither:
// then it is owed for ever.
struct Owing {
  AccountIndex account;
  ShipmentIndex shipment;
  Quantity taken;    // by the void
  Quantity lacking;  // of that
};

struct Withholding {
  AccountIndex account;  // which got something back
  Quantity quantity;     // that it got
  std::vector<Owing> owing;
};

class Withholdings {
 public:
  std::span<const Withholding> Of(AccountIndex account) const {
    const auto found = of_account_.find(account);
    if (found == of_account_.end()) return {};
    return found->second;
  }
  bool empty() const { return of_account_.empty(); }

  void Add(Withholding withholding) {
    of_account_[withholding.account].push_back(std::move(withholding));
  }
  // Takes back the latest one of the account.
  void RemoveLast(AccountIndex account) {
    const auto found = of_account_.find(account);
    TALLY_CHECK(found != of_account_.end());
    found->second.pop_back();
    if (found->second.empty()) of_account_.erase(found);
  }

 private:
  friend struct SnapshotAccess;

  absl::flat_hash_map<AccountIndex, std::vector<Withholding>> of_account_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_WITHHOLDINGS_H_
