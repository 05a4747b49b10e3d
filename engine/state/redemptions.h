// Redemptions: what was retired for whom, each public by its event's id.
//
// A redemption is final. If the issuer withdraws serials of it afterwards it
// stays as it was, with the withdrawal and its reason beside it; what was
// withdrawn counts as retired no longer.

#ifndef TALLY_ENGINE_STATE_REDEMPTIONS_H_
#define TALLY_ENGINE_STATE_REDEMPTIONS_H_

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/base/uuid.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/model/terms.h"
#include "engine/state/credits.h"

namespace tally {

struct Withdrawal {
  Quantity quantity;
  Date withdrawn_on;
  std::string reason;  // published
};

struct Redemption {
  Uuid id;
  Position position = -1;
  Instant recorded_at;
  PartyIndex holder;
  SchemeIndex scheme;
  ProductIndex product;
  Quantity quantity;
  int32_t decimals = 0;  // of the product, so that products add up
  std::vector<Serials> serials;
  std::string beneficiary;
  DateRange claim_period;
  std::string claim_period_text;  // as it was stated
  Purpose purpose = Purpose::kUnspecified;
  std::string audit_reference;
  Date redeemed_on;
  std::vector<Withdrawal> withdrawals;  // in order of arrival
};

struct RedemptionWithdrawal {
  Position redemption = -1;
  Withdrawal withdrawal;
};

// What a party redeems under a scheme in a calendar year.
struct RedeemedKey {
  PartyIndex holder;
  SchemeIndex scheme;
  int32_t year = 0;

  friend bool operator==(const RedeemedKey&, const RedeemedKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const RedeemedKey& key) {
    return H::combine(std::move(hash), key.holder, key.scheme, key.year);
  }
};

// A quantity in millionths of its unit, whatever the product's decimals: wide
// enough for the sum of all that a ledger can hold.
int128 Millionths(Quantity quantity, int32_t decimals);

class Redemptions {
 public:
  Redemptions() = default;
  Redemptions(const Redemptions&) = delete;
  Redemptions& operator=(const Redemptions&) = delete;

  int32_t size() const { return static_cast<int32_t>(redemptions_.size()); }
  // In order of position, from 0.
  const Redemption& at(int32_t place) const {
    return redemptions_[static_cast<size_t>(place)];
  }
  // The redemption made by the event at `position`, or nullptr.
  const Redemption* Find(Position position) const;

  // Its position is above that of all others.
  void Add(Redemption redemption);
  void RemoveLast();
  void Withdraw(const RedemptionWithdrawal& withdrawal);
  // Takes back the latest withdrawal of the redemption.
  void RemoveWithdrawal(Position redemption);

  // In millionths, without what was withdrawn again; of all products.
  int128 RedeemedIn(const RedeemedKey& key) const;

 private:
  friend struct SnapshotAccess;

  Redemption& Mutable(Position position);
  void Count(const Redemption& redemption, Quantity delta);

  std::deque<Redemption> redemptions_;
  absl::flat_hash_map<RedeemedKey, int128> redeemed_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_REDEMPTIONS_H_
