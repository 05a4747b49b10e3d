// A quantity of a product: a whole count of its smallest units
// (10^-decimals of the product's unit). Signed, so that a deficit is visible
// instead of wrapping. There is no operator+: every sum says what overflow
// does.

#ifndef TALLY_ENGINE_MODEL_QUANTITY_H_
#define TALLY_ENGINE_MODEL_QUANTITY_H_

#include <compare>
#include <cstdint>
#include <optional>

namespace tally {

class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(int64_t units) : units_(units) {}
  static constexpr Quantity Max() { return Quantity(INT64_MAX); }

  constexpr int64_t units() const { return units_; }
  constexpr bool IsZero() const { return units_ == 0; }
  constexpr bool IsNegative() const { return units_ < 0; }

  // False, and unchanged, where the result would pass 2^63 - 1 either way.
  [[nodiscard]] constexpr bool Add(Quantity other) {
    int64_t sum = 0;
    if (__builtin_add_overflow(units_, other.units_, &sum)) return false;
    if (sum == INT64_MIN) return false;
    units_ = sum;
    return true;
  }
  [[nodiscard]] constexpr bool Subtract(Quantity other) {
    return Add(other.Negated());
  }

  // Safe: -(2^63) is never a quantity.
  constexpr Quantity Negated() const { return Quantity(-units_); }

  friend constexpr auto operator<=>(Quantity, Quantity) = default;

 private:
  int64_t units_ = 0;
};

constexpr std::optional<Quantity> Sum(Quantity a, Quantity b) {
  if (!a.Add(b)) return std::nullopt;
  return a;
}

constexpr std::optional<Quantity> Difference(Quantity a, Quantity b) {
  if (!a.Subtract(b)) return std::nullopt;
  return a;
}

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_QUANTITY_H_
