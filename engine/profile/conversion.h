// A conversion: what a process makes of one input product, in which range of
// dates, and how much of it may carry the claim.

#ifndef TALLY_ENGINE_PROFILE_CONVERSION_H_
#define TALLY_ENGINE_PROFILE_CONVERSION_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"

namespace tally {

struct ConversionOutput {
  std::string product;
  Ratio factor;   // output per unit of input
  Ratio uses{1};  // the input contained in one unit of output (a recipe)
  bool excluded = false;  // fuel or loss: carries no claim

  bool HasRecipe() const { return uses != Ratio(1); }
};

struct Conversion {
  std::string process;
  std::string input;
  DateRange dates{Date::Min(), Date::Max()};
  bool joint = false;  // the outputs arise together, in this ratio
  Ratio max_total{1};  // of all outputs, per unit of input
  std::vector<ConversionOutput> outputs;

  // nullptr where the process makes no such product of this input.
  const ConversionOutput* FindOutput(std::string_view product) const;
  // An output that has a recipe holds other ingredients too, so that
  // max_total bounds nothing.
  bool HasRecipe() const;
  // The sum of the excluded outputs' factors.
  Ratio ExcludedFactors() const;
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_CONVERSION_H_
