// The rules of conversion: R16, R17, R18, R53.

#include <algorithm>

#include "engine/base/check.h"
#include "engine/rules/conversion.h"
#include "engine/rules/mixing.h"
#include "fmt/format.h"

namespace tally {
namespace {

std::string_view NameOf(const Case& c, ProductIndex product) {
  return c.state.registry().product_names.NameOf(product);
}

// A sum that stays exact, or says that it did not fit.
class ExactSum {
 public:
  void Add(const std::optional<ExactQuantity>& quantity) {
    if (!total_ || !quantity) {
      total_.reset();
      return;
    }
    total_ = total_->Plus(*quantity);
  }
  const std::optional<ExactQuantity>& total() const { return total_; }

 private:
  std::optional<ExactQuantity> total_ = ExactQuantity();
};

// Whole units of measure (tonnes, litres), whatever a product's decimals.
std::optional<ExactQuantity> Measure(const Case& c, ProductIndex product,
                                     const ExactQuantity& units) {
  const std::optional<Ratio> unit =
      Ratio::Of(1, PowerOfTen(c.state.registry().at(product).decimals));
  TALLY_CHECK(unit.has_value());
  return units.Times(*unit);
}

void RefuseTooLarge(Case& c) {
  c.verdict.Refuse(
      Refuse(Code::kOverflow, "a conversion's quantities pass what is exact"));
}

// What one claim's outputs of a product may be at most, and what they are.
void CheckClaimed(Case& c, const Flow& flow, const Conversions& conversions,
                  const FlowOutput& output) {
  const Profile& profile = c.ProfileOf(SchemeOf(output.claim));
  ExactSum yield;
  for (const FlowInput& input : flow.inputs) {
    if (!IsEligible(c, input, output.claim)) continue;
    yield.Add(conversions.Yield(input.product, input.content, output.product));
  }
  // What needs stricter material draws on the same inputs.
  ExactSum claimed;
  for (const FlowOutput& other : flow.outputs) {
    if (other.product != output.product || !other.claim.valid() ||
        SchemeOf(other.claim) != SchemeOf(output.claim) ||
        !profile.CanDowngrade(ModelOf(other.claim), ModelOf(output.claim))) {
      continue;
    }
    claimed.Add(other.content);
  }
  if (!yield.total() || !claimed.total()) return RefuseTooLarge(c);
  if (*claimed.total() <= *yield.total()) return;
  // A blend that states too high a share claims too much, and answers so.
  for (const FlowOutput& other : flow.outputs) {
    if (ModelOf(output.claim) == Model::kControlledBlending &&
        other.claim == output.claim && other.product == output.product &&
        StatesTooHighShare(c, flow, other)) {
      return;
    }
  }
  const Code code = conversions.basis() == Conversions::Basis::kOneToOne
                        ? Code::kLotMass
                        : Code::kCfOutOfRange;
  const std::optional<Quantity> most = yield.total()->Rounded(Rounding::kDown);
  Refusal refusal =
      RefuseUnder(c, SchemeOf(output.claim), code,
                  fmt::format("{}: more {} than the certified input yields",
                              output.field, NameOf(c, output.product)));
  AddFigure(c, output.product, "asked", output.quantity, &refusal);
  if (most) AddFigure(c, output.product, "yield", *most, &refusal);
  c.verdict.Refuse(std::move(refusal));
}

// All outputs against all input, whatever they carry.
void CheckTotal(Case& c, const Flow& flow, const Conversions& conversions,
                SchemeIndex scheme) {
  ExactSum most;
  for (const FlowInput& input : flow.inputs) {
    const Conversion* conversion = conversions.Of(input.product);
    if (conversion != nullptr && conversion->HasRecipe()) return;
    const std::optional<ExactQuantity> measure =
        Measure(c, input.product, input.Used());
    most.Add(measure && conversion != nullptr
                 ? measure->Times(conversion->max_total)
                 : measure);
  }
  ExactSum made;
  for (const FlowOutput& output : flow.outputs) {
    made.Add(Measure(c, output.product, ExactQuantity(output.quantity)));
  }
  if (!most.total() || !made.total()) return RefuseTooLarge(c);
  if (*made.total() <= *most.total()) return;
  c.verdict.Refuse(RefuseUnder(
      c, scheme, Code::kCfOutOfRange,
      fmt::format("process.outputs: together more than \"{}\" makes of its "
                  "inputs",
                  flow.process)));
}

// One to one: of each product no more comes out than went in.
void CheckMass(Case& c, const Flow& flow, SchemeIndex scheme) {
  for (const FlowOutput& output : flow.outputs) {
    ExactSum in;
    for (const FlowInput& input : flow.inputs) {
      if (input.product == output.product) {
        in.Add(input.Used());
      }
    }
    ExactSum out;
    for (const FlowOutput& other : flow.outputs) {
      if (other.product == output.product) {
        out.Add(ExactQuantity(other.quantity));
      }
    }
    if (!in.total() || !out.total()) return RefuseTooLarge(c);
    if (*out.total() <= *in.total()) continue;
    c.verdict.Refuse(
        RefuseUnder(c, scheme, Code::kLotMass,
                    fmt::format("{}: more {} comes out than went in",
                                output.field, NameOf(c, output.product))));
  }
}

// Joint products arise in their ratio: each within less than one unit.
void CheckJoint(Case& c, const Flow& flow, SchemeIndex scheme,
                ProductIndex input_product, const Conversion& conversion) {
  if (!conversion.joint) return;
  ExactSum input_total;
  for (const FlowInput& input : flow.inputs) {
    if (input.product != input_product) continue;
    input_total.Add(input.Used());
  }
  for (const ConversionOutput& listed : conversion.outputs) {
    const ProductIndex product =
        c.state.registry().product_names.Find(listed.product);
    if (!product.valid() || !input_total.total()) continue;
    ExactSum made;
    for (const FlowOutput& output : flow.outputs) {
      if (output.product == product) made.Add(ExactQuantity(output.quantity));
    }
    const std::optional<Ratio> factor =
        listed.factor.Over(listed.uses)
            .value_or(Ratio(0))
            .Times(*Ratio::Of(
                PowerOfTen(c.state.registry().at(product).decimals),
                PowerOfTen(c.state.registry().at(input_product).decimals)));
    const std::optional<ExactQuantity> due =
        factor ? input_total.total()->Times(*factor) : std::nullopt;
    if (!due || !made.total()) return RefuseTooLarge(c);
    // |made - due| < 1, without a difference that could be negative.
    const ExactQuantity one{Quantity(1)};
    const bool close = *made.total() < due->Plus(one).value_or(*due) &&
                       *due < made.total()->Plus(one).value_or(*made.total());
    if (close) continue;
    c.verdict.Refuse(RefuseUnder(
        c, scheme, Code::kJointRatio,
        fmt::format("process.outputs: {} is not in the ratio of \"{}\"",
                    listed.product, flow.process)));
  }
}

// An excluded output carries no claim, and its share is not given to others.
void CheckFuel(Case& c, const Flow& flow, SchemeIndex scheme,
               ProductIndex input_product, const Conversion& conversion) {
  const Ratio excluded = conversion.ExcludedFactors();
  if (excluded.IsZero()) return;
  const auto refuse = [&](std::string message) {
    c.verdict.Refuse(
        RefuseUnder(c, scheme, Code::kFuelShare, std::move(message)));
  };
  ExactSum claimed;
  for (const FlowOutput& output : flow.outputs) {
    if (!output.claim.valid() || SchemeOf(output.claim) != scheme) continue;
    const ConversionOutput* made =
        conversion.FindOutput(NameOf(c, output.product));
    if (made != nullptr && made->excluded) {
      refuse(fmt::format("{}: fuel and loss carry no claim", output.field));
    }
    claimed.Add(Measure(c, output.product, output.content));
  }
  ExactSum input_total;
  for (const FlowInput& input : flow.inputs) {
    if (input.product != input_product || !input.claim.valid()) continue;
    input_total.Add(Measure(c, input.product, input.content));
  }
  const std::optional<Ratio> share = conversion.max_total.Minus(excluded);
  const std::optional<ExactQuantity> most =
      share && input_total.total() ? input_total.total()->Times(*share)
                                   : std::nullopt;
  if (!most || !claimed.total()) return RefuseTooLarge(c);
  if (*claimed.total() <= *most) return;
  refuse("process.outputs: claims what went into fuel or loss");
}

// Whether the output is fuel or loss, whose claim CheckFuel() refuses.
bool IsExcluded(const Case& c, const Flow& flow, const Conversions& conversions,
                const FlowOutput& output) {
  for (const FlowInput& input : flow.inputs) {
    const Conversion* conversion = conversions.Of(input.product);
    if (conversion == nullptr) continue;
    const ConversionOutput* made =
        conversion->FindOutput(NameOf(c, output.product));
    if (made != nullptr && made->excluded) return true;
  }
  return false;
}

void CheckUnder(Case& c, const Flow& flow, SchemeIndex scheme) {
  const Conversions conversions(c, flow, scheme);
  switch (conversions.basis()) {
    case Conversions::Basis::kUnknown:
      c.verdict.Refuse(RefuseUnder(
          c, scheme, Code::kUnknownProcess,
          fmt::format("process.process: \"{}\" converts none of these inputs",
                      flow.process)));
      return;
    case Conversions::Basis::kOutOfDate:
      c.verdict.Refuse(
          RefuseUnder(c, scheme, Code::kCfOutOfRange,
                      fmt::format("process.process: \"{}\" has no factor on {}",
                                  flow.process, c.date.ToString())));
      return;
    case Conversions::Basis::kOneToOne:
      CheckMass(c, flow, scheme);
      break;
    case Conversions::Basis::kProfile:
      CheckTotal(c, flow, conversions, scheme);
      break;
  }
  for (const FlowOutput& output : flow.outputs) {
    if (output.claim.valid() && SchemeOf(output.claim) == scheme &&
        !IsExcluded(c, flow, conversions, output)) {
      CheckClaimed(c, flow, conversions, output);
    }
  }
  for (const FlowInput& input : flow.inputs) {
    const Conversion* conversion = conversions.Of(input.product);
    if (conversion == nullptr) continue;
    CheckJoint(c, flow, scheme, input.product, *conversion);
    CheckFuel(c, flow, scheme, input.product, *conversion);
  }
}

// Nothing claimed comes out: mass alone is looked at, where nothing changes
// product.
void CheckConventional(Case& c, const Flow& flow) {
  for (const FlowOutput& output : flow.outputs) {
    const bool goes_in = std::any_of(flow.inputs.begin(), flow.inputs.end(),
                                     [&](const FlowInput& input) {
                                       return input.product == output.product;
                                     });
    if (!goes_in) return;
  }
  CheckMass(c, flow, SchemeIndex());
}

}  // namespace

void CheckConversion(Case& c, const Flow& flow) {
  if (flow.schemes.empty()) CheckConventional(c, flow);
  for (const SchemeIndex scheme : flow.schemes) CheckUnder(c, flow, scheme);
}

}  // namespace tally
