#include "engine/rules/conversion.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

std::string_view NameOf(const Case& c, ProductIndex product) {
  return c.state.registry().product_names.NameOf(product);
}

// Units of `to` in one unit of `from`, where both measure alike.
Ratio UnitRatio(const Case& c, ProductIndex from, ProductIndex to) {
  const Registry& registry = c.state.registry();
  const std::optional<Ratio> ratio =
      Ratio::Of(PowerOfTen(registry.at(to).decimals),
                PowerOfTen(registry.at(from).decimals));
  TALLY_CHECK(ratio.has_value());  // both have few decimals
  return *ratio;
}

// Every output is of a product that goes in.
bool ChangesNoProduct(const Flow& flow) {
  return std::all_of(
      flow.outputs.begin(), flow.outputs.end(), [&flow](const auto& output) {
        return std::any_of(flow.inputs.begin(), flow.inputs.end(),
                           [&output](const FlowInput& input) {
                             return input.product == output.product;
                           });
      });
}

}  // namespace

Conversions::Conversions(const Case& c, const Flow& flow, SchemeIndex scheme)
    : case_(c) {
  bool out_of_date = false;
  for (const FlowInput& input : flow.inputs) {
    if (input.neutral || Of(input.product) != nullptr) continue;
    const ConversionLookup lookup = c.ProfileOf(scheme).FindConversion(
        flow.process, NameOf(c, input.product), c.date);
    out_of_date = out_of_date || lookup.on_other_dates;
    if (lookup.conversion == nullptr) continue;
    entries_.push_back({input.product, lookup.conversion});
  }
  if (!entries_.empty()) {
    basis_ = Basis::kProfile;
  } else if (out_of_date) {
    basis_ = Basis::kOutOfDate;
  } else if (ChangesNoProduct(flow)) {
    basis_ = Basis::kOneToOne;
  }
}

const Conversion* Conversions::Of(ProductIndex input) const {
  for (const Entry& entry : entries_) {
    if (entry.input == input) return entry.conversion;
  }
  return nullptr;
}

Ratio Conversions::Factor(ProductIndex input, ProductIndex output) const {
  if (basis_ == Basis::kOneToOne) return Ratio(input == output ? 1 : 0);
  const Conversion* conversion = Of(input);
  if (conversion == nullptr) return Ratio(0);
  const ConversionOutput* made = conversion->FindOutput(NameOf(case_, output));
  if (made == nullptr || made->excluded) return Ratio(0);
  // Exact factors of a profile are short enough to be divided.
  return made->factor.Over(made->uses).value_or(Ratio(0));
}

std::optional<ExactQuantity> Conversions::Yield(ProductIndex input,
                                                const ExactQuantity& quantity,
                                                ProductIndex output) const {
  const std::optional<Ratio> ratio =
      Factor(input, output).Times(UnitRatio(case_, input, output));
  if (!ratio) return std::nullopt;
  return quantity.Times(*ratio);
}

}  // namespace tally
