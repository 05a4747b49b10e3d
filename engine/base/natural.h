// A whole number at or above zero of any size: for comparisons of sums of
// ratios, whose common denominator no machine word holds.
//
// Sizes are bounded by what the caller multiplies. Nothing here overflows.

#ifndef TALLY_ENGINE_BASE_NATURAL_H_
#define TALLY_ENGINE_BASE_NATURAL_H_

#include <compare>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "engine/base/decimal.h"

namespace tally {

class Natural {
 public:
  Natural() = default;
  // `value` at or above zero.
  explicit Natural(int128 value);

  bool IsZero() const { return limbs_.empty(); }

  Natural Plus(const Natural& other) const;
  Natural Times(const Natural& other) const;

  friend std::strong_ordering operator<=>(const Natural& a, const Natural& b);
  friend bool operator==(const Natural& a, const Natural& b) {
    return a.limbs_ == b.limbs_;
  }

 private:
  void Trim();

  // In base 2^64, the least first; the last is not zero.
  absl::InlinedVector<uint64_t, 4> limbs_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_NATURAL_H_
