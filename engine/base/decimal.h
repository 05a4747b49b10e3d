// Exact decimals and ratios: what quantities, percentages and conversion
// factors are made of. Nothing here rounds unless its name says how, and
// nothing overflows silently.

#ifndef TALLY_ENGINE_BASE_DECIMAL_H_
#define TALLY_ENGINE_BASE_DECIMAL_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

using int128 = __int128;

// mantissa * 10^-scale, as it was written: "1.50" keeps its scale of 2.
struct Decimal {
  int64_t mantissa = 0;
  int32_t scale = 0;

  // "1.50"
  std::string ToString() const;
  // The count of 10^-decimals units, if that is whole and fits.
  std::optional<int64_t> Units(int decimals) const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
};

// Exact, whatever the scales.
bool Less(const Decimal& a, const Decimal& b);

// 10^exponent, for exponents 0 to 18.
int64_t PowerOfTen(int exponent);

// (0|[1-9][0-9]*)(\.[0-9]+)? with at most 18 decimals and a mantissa of at
// most 2^63 - 1: no sign, no exponent, no spaces.
std::optional<Decimal> ParseDecimal(std::string_view text);

// `units` of 10^-decimals each, with all decimals shown: (12, 2) is "0.12".
std::string FormatUnits(int128 units, int decimals);

// A ratio of whole numbers, reduced, its denominator above zero. Values and
// denominators stay below 2^63; what would not is nullopt.
class Ratio {
 public:
  constexpr Ratio() = default;
  explicit Ratio(int64_t whole) : numerator_(whole) {}
  static std::optional<Ratio> Of(int128 numerator, int128 denominator);
  static std::optional<Ratio> Of(const Decimal& decimal);

  int64_t numerator() const { return numerator_; }
  int64_t denominator() const { return denominator_; }
  bool IsZero() const { return numerator_ == 0; }

  std::optional<Ratio> Plus(Ratio other) const;
  std::optional<Ratio> Minus(Ratio other) const;
  std::optional<Ratio> Times(Ratio other) const;
  // nullopt for a division by zero, too.
  std::optional<Ratio> Over(Ratio other) const;

  friend bool operator==(Ratio, Ratio) = default;
  friend std::strong_ordering operator<=>(Ratio a, Ratio b);

  // As a decimal with `decimals` places, the magnitude half up.
  std::string ToString(int decimals) const;

 private:
  int64_t numerator_ = 0;
  int64_t denominator_ = 1;
};

enum class Rounding : uint8_t { kDown = 1, kHalfUp = 2, kUp = 3 };

// value * ratio, rounded; nullopt where it passes 2^63 - 1. Of values and
// ratios at or above zero.
std::optional<int64_t> Scale(int64_t value, Ratio ratio, Rounding rounding);

// numerator / denominator of whole numbers at or above zero, rounded.
int128 Divide(int128 numerator, int128 denominator, Rounding rounding);

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_DECIMAL_H_
