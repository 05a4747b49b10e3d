// Conversion: how much of an output a process makes of its inputs, by the
// factors of the output claim's scheme on the event's date (R13, R16-R18,
// R53).
//
// Quantities of products with different decimals are compared exactly, in
// whole units of measure: nothing is rounded before the end, and then never
// in favour of the claim.

#ifndef TALLY_ENGINE_RULES_CONVERSION_H_
#define TALLY_ENGINE_RULES_CONVERSION_H_

#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/model/exact_quantity.h"
#include "engine/profile/profile.h"
#include "engine/rules/process_flow.h"

namespace tally {

// How a process converts under one scheme: by the profile's conversions, or
// one to one where it names none for the inputs and nothing changes product.
class Conversions {
 public:
  enum class Basis { kProfile, kOneToOne, kOutOfDate, kUnknown };

  Conversions(const Case& c, const Flow& flow, SchemeIndex scheme);

  Basis basis() const { return basis_; }

  // What one unit of measure of `input` yields of `output`; zero where it
  // yields none of it.
  Ratio Factor(ProductIndex input, ProductIndex output) const;
  // The conversion of an input; nullptr one to one.
  const Conversion* Of(ProductIndex input) const;

  // The exact units of `output` that `quantity` units of `input` yield.
  // nullopt where it does not fit.
  std::optional<ExactQuantity> Yield(ProductIndex input,
                                     const ExactQuantity& quantity,
                                     ProductIndex output) const;

 private:
  struct Entry {
    ProductIndex input;
    const Conversion* conversion = nullptr;
  };

  const Case& case_;
  Basis basis_ = Basis::kUnknown;
  std::vector<Entry> entries_;
};

// Fills the quantities that the event left out, from the outputs, on running
// totals; notes the debits in the plan's decision. False where one is
// refused.
bool ComputeInputs(Case& c, const Process& process, Flow* flow);

// Refuses UNKNOWN_PROCESS, CF_OUT_OF_RANGE, LOT_MASS, JOINT_RATIO and
// FUEL_SHARE.
void CheckConversion(Case& c, const Flow& flow);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CONVERSION_H_
