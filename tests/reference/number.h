// Numbers without bound and without rounding, written to be obvious.
//
// Whole is a signed whole number of any size and Rational a fraction of two of
// them in lowest terms. Quantities, percentages and running totals of the
// reference ledger are compared exactly, whatever the factors are; speed does
// not matter here.

#ifndef TALLY_TESTS_REFERENCE_NUMBER_H_
#define TALLY_TESTS_REFERENCE_NUMBER_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally::reference {

// A sum of quantities, in a product's smallest units.
using Units = __int128;

inline constexpr Units kUnitsMax = INT64_MAX;

class Whole {
 public:
  Whole() = default;
  Whole(Units value);  // NOLINT(google-explicit-constructor)
  static Whole PowerOfTen(int exponent);

  bool IsZero() const { return limbs_.empty(); }
  bool IsNegative() const { return negative_; }
  bool IsOdd() const { return !limbs_.empty() && (limbs_[0] & 1) != 0; }
  std::optional<Units> ToUnits() const;

  Whole operator-() const;
  friend Whole operator+(const Whole& a, const Whole& b);
  friend Whole operator-(const Whole& a, const Whole& b);
  friend Whole operator*(const Whole& a, const Whole& b);
  friend bool operator==(const Whole& a, const Whole& b) = default;
  friend std::strong_ordering operator<=>(const Whole& a, const Whole& b);

  // The quotient rounded toward minus infinity; `b` is above zero.
  static Whole Floor(const Whole& a, const Whole& b);
  static Whole GreatestCommonDivisor(Whole a, Whole b);

 private:
  using Limbs = std::vector<uint32_t>;

  static std::strong_ordering CompareLimbs(const Limbs& a, const Limbs& b);
  static Limbs AddLimbs(const Limbs& a, const Limbs& b);
  static Limbs SubtractLimbs(const Limbs& a, const Limbs& b);
  static Limbs ShiftRight(const Limbs& a);
  void Trim();

  bool negative_ = false;  // never set on zero
  Limbs limbs_;            // least significant first, no leading zeros
};

class Rational {
 public:
  Rational() : denominator_(1) {}
  Rational(Units value)  // NOLINT(google-explicit-constructor)
      : numerator_(value), denominator_(1) {}
  Rational(Whole numerator, Whole denominator);

  // Reads `(0|[1-9][0-9]*)(\.[0-9]+)?`, the one form of a decimal.
  static std::optional<Rational> Parse(std::string_view text);
  // `units` counted in 10^-decimals.
  static Rational FromUnits(Units units, int decimals);

  const Whole& numerator() const { return numerator_; }
  const Whole& denominator() const { return denominator_; }
  bool IsZero() const { return numerator_.IsZero(); }
  bool IsWhole() const { return denominator_ == Whole(1); }

  Rational operator-() const { return {-numerator_, denominator_}; }
  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  friend Rational operator/(const Rational& a, const Rational& b);
  friend bool operator==(const Rational& a, const Rational& b) = default;
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

  Whole Floor() const;
  Whole Ceiling() const;
  Whole HalfUp() const;

  // The value rounded half up to `decimals`, without trailing zeros.
  std::string ToDecimal(int decimals) const;

 private:
  Whole numerator_;
  Whole denominator_;
};

std::string UnitsToString(Units value);
// "12.5" for 1250 units of two decimals.
std::string FormatUnits(Units units, int decimals);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_NUMBER_H_
