#include "engine/profile/conversion.h"

#include <algorithm>
#include <optional>

#include "engine/base/check.h"

namespace tally {

const ConversionOutput* Conversion::FindOutput(std::string_view product) const {
  const auto found =
      std::ranges::find(outputs, product, &ConversionOutput::product);
  return found == outputs.end() ? nullptr : &*found;
}

bool Conversion::HasRecipe() const {
  return std::ranges::any_of(outputs, &ConversionOutput::HasRecipe);
}

Ratio Conversion::ExcludedFactors() const {
  Ratio sum;
  for (const ConversionOutput& output : outputs) {
    if (!output.excluded) continue;
    // The parser bounds factors and their number, so that sums fit.
    const std::optional<Ratio> next = sum.Plus(output.factor);
    TALLY_CHECK(next.has_value());
    sum = *next;
  }
  return sum;
}

}  // namespace tally
