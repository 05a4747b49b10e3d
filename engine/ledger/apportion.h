// Splitting a whole in proportion, without losing or making a unit.

#ifndef TALLY_ENGINE_LEDGER_APPORTION_H_
#define TALLY_ENGINE_LEDGER_APPORTION_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/model/quantity.h"

namespace tally {

// A quantity with 40 binary digits after the point: fine enough that the
// steps of the longest trace together lose less than a millionth of a unit.
// At or above zero.
class FineQuantity {
 public:
  static constexpr int kFractionBits = 40;

  FineQuantity() = default;
  explicit FineQuantity(Quantity whole)
      : value_(static_cast<int128>(whole.units()) << kFractionBits) {}

  // This times part / whole, rounded down; 0 <= part <= whole, whole > 0.
  FineQuantity Times(int64_t part, int64_t whole) const;
  FineQuantity Plus(FineQuantity other) const {
    return FineQuantity(value_ + other.value_);
  }
  FineQuantity Minus(FineQuantity other) const {
    return FineQuantity(value_ - other.value_);
  }
  Quantity RoundedDown() const;
  Quantity RoundedHalfUp() const;
  // What RoundedDown() leaves, in millionths of a unit, half up.
  int64_t RemainderMillionths() const;

 private:
  friend class Portion;
  explicit FineQuantity(int128 value) : value_(value) {}

  int128 value_ = 0;
};

// `whole` in proportion to `weights`, which are at or above zero and not all
// zero; what is split is all of it, to the last binary digit.
std::vector<FineQuantity> Split(FineQuantity whole,
                                const std::vector<int64_t>& weights);

// A part of a whole, from none to all of it, with 60 binary digits.
class Portion {
 public:
  Portion() = default;
  static Portion All() { return Portion(kAll); }
  // Of portions in proportion to `weights`, which are at or above zero and
  // not all zero.
  static Portion Mean(const std::vector<Portion>& portions,
                      const std::vector<int64_t>& weights);

  // The portion of a quantity at or above zero.
  FineQuantity Of(Quantity quantity) const;

 private:
  static constexpr int kBits = 60;
  static constexpr int64_t kAll = int64_t{1} << kBits;

  explicit Portion(int64_t value) : value_(value) {}

  int64_t value_ = 0;
};

struct NamedShare {
  std::string name;
  Quantity quantity;
};

// Whole units, by largest remainder and then by name: they sum to the sum of
// the shares, rounded down. The largest first, then by name.
std::vector<NamedShare> RoundShares(
    const std::map<std::string, FineQuantity>& shares);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_APPORTION_H_
