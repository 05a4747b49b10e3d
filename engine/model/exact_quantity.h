// A quantity with its fraction of a unit kept exactly: what a conversion
// yields before it is rounded.

#ifndef TALLY_ENGINE_MODEL_EXACT_QUANTITY_H_
#define TALLY_ENGINE_MODEL_EXACT_QUANTITY_H_

#include <compare>
#include <cstdint>
#include <optional>

#include "engine/base/decimal.h"
#include "engine/model/quantity.h"

namespace tally {

// whole + fraction units, neither below zero, fraction below one. What does
// not fit is nullopt, never a wrong figure.
class ExactQuantity {
 public:
  ExactQuantity() = default;
  explicit ExactQuantity(Quantity whole) : whole_(whole.units()) {}

  // units * ratio.
  static std::optional<ExactQuantity> Of(Quantity quantity, Ratio ratio);

  std::optional<ExactQuantity> Plus(const ExactQuantity& other) const;
  // nullopt below zero, too.
  std::optional<ExactQuantity> Minus(const ExactQuantity& other) const;
  std::optional<ExactQuantity> Times(Ratio ratio) const;
  std::optional<Quantity> Rounded(Rounding rounding) const;

  int64_t whole() const { return whole_; }
  Ratio fraction() const { return fraction_; }

  friend std::strong_ordering operator<=>(const ExactQuantity&,
                                          const ExactQuantity&) = default;
  friend bool operator==(const ExactQuantity&, const ExactQuantity&) = default;

 private:
  int64_t whole_ = 0;
  Ratio fraction_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_EXACT_QUANTITY_H_
