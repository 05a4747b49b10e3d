#include "engine/base/decimal.h"

#include <cstdlib>

#include "engine/base/check.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr int kScaleMax = 18;
constexpr int64_t kInt64Max = INT64_MAX;

int128 GreatestCommonDivisor(int128 a, int128 b) {
  while (b != 0) {
    const int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// Appends the digit that `c` is to `*value`; false where it does not fit.
bool AppendDigit(char c, int64_t* value) {
  return !__builtin_mul_overflow(*value, 10, value) &&
         !__builtin_add_overflow(*value, c - '0', value);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

int64_t PowerOfTen(int exponent) {
  TALLY_CHECK(exponent >= 0);
  TALLY_CHECK(exponent <= kScaleMax);
  int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// The mantissas are below 2^63 and the powers below 2^60.
bool Less(const Decimal& a, const Decimal& b) {
  return int128{a.mantissa} * PowerOfTen(b.scale) <
         int128{b.mantissa} * PowerOfTen(a.scale);
}

std::string Decimal::ToString() const { return FormatUnits(mantissa, scale); }

std::optional<int64_t> Decimal::Units(int decimals) const {
  if (scale == decimals) return mantissa;
  if (scale < decimals) {
    int64_t units = 0;
    if (__builtin_mul_overflow(mantissa, PowerOfTen(decimals - scale),
                               &units)) {
      return std::nullopt;
    }
    return units;
  }
  const int64_t divisor = PowerOfTen(scale - decimals);
  if (mantissa % divisor != 0) return std::nullopt;
  return mantissa / divisor;
}

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal decimal;
  size_t pos = 0;
  while (pos < text.size() && IsDigit(text[pos])) {
    if (!AppendDigit(text[pos], &decimal.mantissa)) return std::nullopt;
    ++pos;
  }
  if (pos == 0 || (text[0] == '0' && pos > 1)) return std::nullopt;
  if (pos == text.size()) return decimal;
  if (text[pos] != '.' || pos + 1 == text.size()) return std::nullopt;
  for (++pos; pos < text.size(); ++pos) {
    if (!IsDigit(text[pos]) || decimal.scale == kScaleMax) return std::nullopt;
    if (!AppendDigit(text[pos], &decimal.mantissa)) return std::nullopt;
    ++decimal.scale;
  }
  return decimal;
}

std::string FormatUnits(int128 units, int decimals) {
  if (decimals == 0) return fmt::format("{}", units);
  const int128 magnitude = units < 0 ? -units : units;
  const int64_t power = PowerOfTen(decimals);
  return fmt::format("{}{}.{:0{}}", units < 0 ? "-" : "", magnitude / power,
                     static_cast<int64_t>(magnitude % power), decimals);
}

std::optional<Ratio> Ratio::Of(int128 numerator, int128 denominator) {
  if (denominator == 0) return std::nullopt;
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const int128 divisor = GreatestCommonDivisor(
      numerator < 0 ? -numerator : numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  if (numerator > kInt64Max || numerator < -kInt64Max) return std::nullopt;
  if (denominator > kInt64Max) return std::nullopt;
  Ratio ratio;
  ratio.numerator_ = static_cast<int64_t>(numerator);
  ratio.denominator_ = static_cast<int64_t>(denominator);
  return ratio;
}

std::optional<Ratio> Ratio::Of(const Decimal& decimal) {
  return Of(decimal.mantissa, PowerOfTen(decimal.scale));
}

// The products below are of two factors under 2^63, so each fits 126 bits and
// a sum of two fits 127.
std::optional<Ratio> Ratio::Plus(Ratio other) const {
  return Of(int128{numerator_} * other.denominator_ +
                int128{other.numerator_} * denominator_,
            int128{denominator_} * other.denominator_);
}

std::optional<Ratio> Ratio::Minus(Ratio other) const {
  return Of(int128{numerator_} * other.denominator_ -
                int128{other.numerator_} * denominator_,
            int128{denominator_} * other.denominator_);
}

std::optional<Ratio> Ratio::Times(Ratio other) const {
  return Of(int128{numerator_} * other.numerator_,
            int128{denominator_} * other.denominator_);
}

std::optional<Ratio> Ratio::Over(Ratio other) const {
  return Of(int128{numerator_} * other.denominator_,
            int128{denominator_} * other.numerator_);
}

std::strong_ordering operator<=>(Ratio a, Ratio b) {
  return int128{a.numerator_} * b.denominator_ <=>
         int128{b.numerator_} * a.denominator_;
}

// A magnitude is under 2^63 and a power of ten under 2^60, so that their
// product fits.
std::string Ratio::ToString(int decimals) const {
  const bool negative = numerator_ < 0;
  const int128 magnitude = negative ? -int128{numerator_} : numerator_;
  const int128 scaled =
      Divide(magnitude * PowerOfTen(decimals), denominator_, Rounding::kHalfUp);
  return FormatUnits(negative ? -scaled : scaled, decimals);
}

std::optional<int64_t> Scale(int64_t value, Ratio ratio, Rounding rounding) {
  const int128 scaled =
      Divide(int128{value} * ratio.numerator(), ratio.denominator(), rounding);
  if (scaled > kInt64Max) return std::nullopt;
  return static_cast<int64_t>(scaled);
}

int128 Divide(int128 numerator, int128 denominator, Rounding rounding) {
  TALLY_CHECK(numerator >= 0);
  TALLY_CHECK(denominator > 0);
  const int128 quotient = numerator / denominator;
  const int128 rest = numerator % denominator;
  switch (rounding) {
    case Rounding::kDown:
      return quotient;
    case Rounding::kHalfUp:
      return quotient + (rest >= denominator - rest ? 1 : 0);
    case Rounding::kUp:
      return quotient + (rest > 0 ? 1 : 0);
  }
  TALLY_CHECK(false);
}

}  // namespace tally
