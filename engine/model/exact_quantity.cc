#include "engine/model/exact_quantity.h"

#include "engine/base/check.h"

namespace tally {

std::optional<ExactQuantity> ExactQuantity::Of(Quantity quantity, Ratio ratio) {
  TALLY_CHECK(!quantity.IsNegative());
  TALLY_CHECK(ratio.numerator() >= 0);
  const int128 product = int128{quantity.units()} * ratio.numerator();
  const int128 whole = product / ratio.denominator();
  if (whole > INT64_MAX) return std::nullopt;
  const std::optional<Ratio> fraction =
      Ratio::Of(product % ratio.denominator(), ratio.denominator());
  if (!fraction) return std::nullopt;
  ExactQuantity exact;
  exact.whole_ = static_cast<int64_t>(whole);
  exact.fraction_ = *fraction;
  return exact;
}

std::optional<ExactQuantity> ExactQuantity::Plus(
    const ExactQuantity& other) const {
  const std::optional<Ratio> fractions = fraction_.Plus(other.fraction_);
  if (!fractions) return std::nullopt;
  std::optional<ExactQuantity> total = Of(Quantity(1), *fractions);
  if (!total || __builtin_add_overflow(total->whole_, whole_, &total->whole_) ||
      __builtin_add_overflow(total->whole_, other.whole_, &total->whole_)) {
    return std::nullopt;
  }
  return total;
}

std::optional<ExactQuantity> ExactQuantity::Minus(
    const ExactQuantity& other) const {
  if (*this < other) return std::nullopt;
  // Borrows one where the fraction is not enough; the whole then has it.
  const bool borrows = fraction_ < other.fraction_;
  const std::optional<Ratio> borrowed =
      borrows ? fraction_.Plus(Ratio(1)) : fraction_;
  const std::optional<Ratio> fraction =
      borrowed ? borrowed->Minus(other.fraction_) : std::nullopt;
  if (!fraction) return std::nullopt;
  ExactQuantity rest;
  rest.whole_ = whole_ - other.whole_ - (borrows ? 1 : 0);
  rest.fraction_ = *fraction;
  return rest;
}

std::optional<ExactQuantity> ExactQuantity::Times(Ratio ratio) const {
  const std::optional<Ratio> part = fraction_.Times(ratio);
  if (!part) return std::nullopt;
  const std::optional<ExactQuantity> whole = Of(Quantity(whole_), ratio);
  const std::optional<ExactQuantity> rest = Of(Quantity(1), *part);
  if (!whole || !rest) return std::nullopt;
  return whole->Plus(*rest);
}

std::optional<Quantity> ExactQuantity::Rounded(Rounding rounding) const {
  const std::optional<int64_t> part = Scale(1, fraction_, rounding);
  int64_t rounded = 0;
  if (!part || __builtin_add_overflow(whole_, *part, &rounded)) {
    return std::nullopt;
  }
  return Quantity(rounded);
}

}  // namespace tally
