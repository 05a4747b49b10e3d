#include "engine/state/redemptions.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/model/limits.h"

namespace tally {

int128 Millionths(Quantity quantity, int32_t decimals) {
  static_assert(kDecimalsMax == 6);
  TALLY_CHECK(decimals <= kDecimalsMax);
  int128 millionths = quantity.units();
  for (int32_t i = decimals; i < kDecimalsMax; ++i) millionths *= 10;
  return millionths;
}

const Redemption* Redemptions::Find(Position position) const {
  const auto found = std::ranges::lower_bound(redemptions_, position, {},
                                              &Redemption::position);
  if (found == redemptions_.end() || found->position != position) {
    return nullptr;
  }
  return &*found;
}

Redemption& Redemptions::Mutable(Position position) {
  const auto found = std::ranges::lower_bound(redemptions_, position, {},
                                              &Redemption::position);
  TALLY_CHECK(found != redemptions_.end());
  TALLY_CHECK(found->position == position);
  return *found;
}

void Redemptions::Add(Redemption redemption) {
  if (!redemptions_.empty()) {
    TALLY_CHECK(redemptions_.back().position < redemption.position);
  }
  Count(redemption, redemption.quantity);
  redemptions_.push_back(std::move(redemption));
}

void Redemptions::RemoveLast() {
  TALLY_CHECK(!redemptions_.empty());
  TALLY_CHECK(redemptions_.back().withdrawals.empty());
  Count(redemptions_.back(), redemptions_.back().quantity.Negated());
  redemptions_.pop_back();
}

void Redemptions::Withdraw(const RedemptionWithdrawal& withdrawal) {
  Redemption& redemption = Mutable(withdrawal.redemption);
  Count(redemption, withdrawal.withdrawal.quantity.Negated());
  redemption.withdrawals.push_back(withdrawal.withdrawal);
}

void Redemptions::RemoveWithdrawal(Position position) {
  Redemption& redemption = Mutable(position);
  TALLY_CHECK(!redemption.withdrawals.empty());
  Count(redemption, redemption.withdrawals.back().quantity);
  redemption.withdrawals.pop_back();
}

int128 Redemptions::RedeemedIn(const RedeemedKey& key) const {
  const auto found = redeemed_.find(key);
  return found == redeemed_.end() ? 0 : found->second;
}

void Redemptions::Count(const Redemption& redemption, Quantity delta) {
  const RedeemedKey key{redemption.holder, redemption.scheme,
                        redemption.redeemed_on.year()};
  int128& sum = redeemed_[key];
  sum += Millionths(delta, redemption.decimals);
  TALLY_CHECK(sum >= 0);
  if (sum == 0) redeemed_.erase(key);
}

}  // namespace tally
