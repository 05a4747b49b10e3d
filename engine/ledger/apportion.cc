#include "engine/ledger/apportion.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"

namespace tally {
namespace {

constexpr int128 kOne = int128{1} << FineQuantity::kFractionBits;

Quantity ToQuantity(int128 units) {
  TALLY_CHECK(units >= 0);
  TALLY_CHECK(units <= INT64_MAX);
  return Quantity(static_cast<int64_t>(units));
}

// By how many digits to cut weights so that their sum has 63.
int ShiftOf(const std::vector<int64_t>& weights) {
  int128 total = 0;
  for (const int64_t weight : weights) total += weight;
  int shift = 0;
  while (total >> shift > INT64_MAX) ++shift;
  TALLY_CHECK(total >> shift > 0);
  return shift;
}

}  // namespace

FineQuantity FineQuantity::Times(int64_t part, int64_t whole) const {
  TALLY_CHECK(part >= 0);
  TALLY_CHECK(part <= whole);
  TALLY_CHECK(whole > 0);
  // value * part would not fit; the quotient and the remainder each do.
  const int128 quotient = value_ / whole;
  const int128 remainder = value_ % whole;
  return FineQuantity(quotient * part + remainder * part / whole);
}

Quantity FineQuantity::RoundedDown() const { return ToQuantity(value_ / kOne); }

Quantity FineQuantity::RoundedHalfUp() const {
  return ToQuantity(std::min(value_ + kOne / 2, kOne * INT64_MAX) / kOne);
}

int64_t FineQuantity::RemainderMillionths() const {
  constexpr int128 kMillion = 1'000'000;
  return static_cast<int64_t>((value_ % kOne * kMillion + kOne / 2) / kOne);
}

std::vector<FineQuantity> Split(FineQuantity whole,
                                const std::vector<int64_t>& weights) {
  const int shift = ShiftOf(weights);
  int128 total = 0;
  for (const int64_t weight : weights) total += weight;
  const auto scaled_total = static_cast<int64_t>(total >> shift);
  std::vector<FineQuantity> parts;
  int128 so_far = 0;
  FineQuantity given;
  for (const int64_t weight : weights) {
    // The share of all up to here, less what those before it got.
    so_far += weight;
    const FineQuantity share_so_far =
        whole.Times(static_cast<int64_t>(so_far >> shift), scaled_total);
    parts.push_back(share_so_far.Minus(given));
    given = share_so_far;
  }
  return parts;
}

Portion Portion::Mean(const std::vector<Portion>& portions,
                      const std::vector<int64_t>& weights) {
  TALLY_CHECK(portions.size() == weights.size());
  const int shift = ShiftOf(weights);
  int128 sum = 0;
  int128 total = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    const int64_t weight = weights[i] >> shift;
    sum += int128{portions[i].value_} * weight;
    total += weight;
  }
  // Cut weights may all be zero only where there are more of them than a
  // trace has lots.
  TALLY_CHECK(total > 0);
  return Portion(static_cast<int64_t>(sum / total));
}

FineQuantity Portion::Of(Quantity quantity) const {
  return FineQuantity(int128{quantity.units()} * value_ >>
                      (kBits - FineQuantity::kFractionBits));
}

std::vector<NamedShare> RoundShares(
    const std::map<std::string, FineQuantity>& shares) {
  struct Remainder {
    int64_t millionths;
    size_t place;
  };
  std::vector<NamedShare> rounded;
  std::vector<Remainder> remainders;
  FineQuantity total;
  Quantity whole;
  for (const auto& [name, share] : shares) {
    total = total.Plus(share);
    const Quantity units = share.RoundedDown();
    const bool fits = whole.Add(units);
    TALLY_CHECK(fits);
    remainders.push_back({share.RemainderMillionths(), rounded.size()});
    rounded.push_back({name, units});
  }
  // By name already, so that equal remainders stay in that order.
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const Remainder& a, const Remainder& b) {
                     return a.millionths > b.millionths;
                   });
  int64_t left = total.RoundedDown().units() - whole.units();
  for (const Remainder& remainder : remainders) {
    if (left-- <= 0) break;
    const bool fits = rounded[remainder.place].quantity.Add(Quantity(1));
    TALLY_CHECK(fits);
  }
  std::stable_sort(rounded.begin(), rounded.end(),
                   [](const NamedShare& a, const NamedShare& b) {
                     return a.quantity > b.quantity;
                   });
  return rounded;
}

}  // namespace tally
