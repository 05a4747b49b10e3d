// Inputs computed from outputs (R13), rounded on running totals: small steps
// never gain a unit.

#include <algorithm>

#include "engine/base/check.h"
#include "engine/rules/conversion.h"
#include "engine/rules/lookup.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Units of the input in one unit of the output, by `factor`.
std::optional<Ratio> Inverse(const Case& c, const FlowInput& input,
                             ProductIndex output, Ratio factor) {
  const Registry& registry = c.state.registry();
  const std::optional<Ratio> unit =
      Ratio::Of(PowerOfTen(registry.at(input.product).decimals),
                PowerOfTen(registry.at(output).decimals));
  TALLY_CHECK(unit.has_value());
  return unit->Over(factor);
}

// The need of all outputs of one product that the input counts for.
std::optional<ExactQuantity> NeedOf(const Case& c, const Flow& flow,
                                    const Conversions& conversions,
                                    const FlowInput& input,
                                    ProductIndex product, SchemeIndex scheme) {
  const Ratio factor = conversions.Factor(input.product, product);
  if (factor.IsZero()) return ExactQuantity();
  const std::optional<Ratio> inverse = Inverse(c, input, product, factor);
  std::optional<ExactQuantity> made = ExactQuantity();
  for (const FlowOutput& output : flow.outputs) {
    if (output.product != product || !output.claim.valid() ||
        SchemeOf(output.claim) != scheme) {
      continue;
    }
    if (made) made = made->Plus(output.content);
  }
  if (!made || !inverse) return std::nullopt;
  return made->Times(*inverse);
}

// The need of the sum of all outputs, by the conversion's maximum total.
std::optional<ExactQuantity> NeedOfTotal(const Case& c, const Flow& flow,
                                         const Conversions& conversions,
                                         const FlowInput& input,
                                         SchemeIndex scheme) {
  const Conversion* conversion = conversions.Of(input.product);
  if (conversion == nullptr || conversion->HasRecipe()) {
    return ExactQuantity();
  }
  std::optional<ExactQuantity> need = ExactQuantity();
  for (const FlowOutput& output : flow.outputs) {
    if (!output.claim.valid() || SchemeOf(output.claim) != scheme) continue;
    const std::optional<Ratio> inverse =
        Inverse(c, input, output.product, conversion->max_total);
    const std::optional<ExactQuantity> part =
        inverse ? output.content.Times(*inverse) : std::nullopt;
    if (!need || !part) return std::nullopt;
    need = need->Plus(*part);
  }
  return need;
}

// The largest need of the outputs under the scheme of the input's claim; of
// joint products the first one's.
std::optional<ExactQuantity> NeedUnder(const Case& c, const Flow& flow,
                                       const FlowInput& input,
                                       SchemeIndex scheme) {
  const Conversions conversions(c, flow, scheme);
  const Conversion* conversion = conversions.Of(input.product);
  if (conversion != nullptr && conversion->joint) {
    const ProductIndex first = c.state.registry().product_names.Find(
        conversion->outputs.front().product);
    return first.valid() ? NeedOf(c, flow, conversions, input, first, scheme)
                         : ExactQuantity();
  }
  std::optional<ExactQuantity> largest =
      NeedOfTotal(c, flow, conversions, input, scheme);
  for (const FlowOutput& output : flow.outputs) {
    const std::optional<ExactQuantity> need =
        NeedOf(c, flow, conversions, input, output.product, scheme);
    if (!largest || !need) return std::nullopt;
    largest = std::max(*largest, *need);
  }
  return largest;
}

RunningNeed NeedSoFar(const Case& c, const NeedKey& key) {
  for (size_t i = c.plan.need_changes.size(); i-- > 0;) {
    if (c.plan.need_changes[i].key == key) return c.plan.need_changes[i].after;
  }
  const auto found = c.state.needs().find(key);
  return found == c.state.needs().end() ? RunningNeed() : found->second;
}

// Of a lot that is certified in part, as much as has the need's content.
// Fills the need and the content; false where they do not fit.
bool FillNeed(const Case& c, const ExactQuantity& content, FlowInput* input) {
  input->need = content;
  input->content = content;
  if (!input->lot.valid()) return true;
  const std::optional<Decimal>& share =
      c.state.lots().at(input->lot).claims_share;
  if (!share) return true;
  const std::optional<Ratio> percent = Ratio::Of(*share);
  if (!percent) return false;
  if (percent->IsZero()) {
    input->content = ExactQuantity();  // so that no output can draw on it
    return true;
  }
  const std::optional<Ratio> whole = Ratio(100).Over(*percent);
  const std::optional<ExactQuantity> need =
      whole ? content.Times(*whole) : std::nullopt;
  if (need) input->need = *need;
  return need.has_value();
}

// Debits the need of one input: all need so far, rounded, less what was
// debited. False where it does not fit.
bool Debit(Case& c, const Flow& flow, FlowInput* input) {
  const std::optional<ExactQuantity> need =
      NeedUnder(c, flow, *input, SchemeOf(input->claim));
  if (!need || !FillNeed(c, *need, input)) return false;
  const NeedKey key{flow.site, std::string(flow.process), input->product,
                    input->claim};
  RunningNeed running = NeedSoFar(c, key);
  const std::optional<ExactQuantity> total = running.need.Plus(input->need);
  if (!total) return false;
  const Profile& profile = c.ProfileOf(SchemeOf(input->claim));
  const std::optional<Quantity> rounded =
      total->Rounded(profile.DebitRounding());
  if (!rounded) return false;
  // A version of the profile that rounds less than the one before it may
  // leave more debited than is due; that is not given back.
  const Quantity due = std::max(*rounded, running.debited);
  input->quantity = *Difference(due, running.debited);
  running = {.need = *total, .debited = due};
  c.plan.need_changes.push_back(
      {key, running, {.need = *need, .debited = input->quantity}});
  return true;
}

}  // namespace

bool ComputeInputs(Case& c, const Process& process, Flow* flow) {
  bool any = false;
  for (size_t i = 0; i < flow->inputs.size(); ++i) {
    FlowInput& input = flow->inputs[i];
    if (!input.computed) continue;
    any = true;
    if (!input.claim.valid()) {
      RefuseField(c, Code::kInvalidArgument,
                  FieldPath("process.inputs").At(i).Of("quantity"), "",
                  "a quantity, which conventional input needs");
      return false;
    }
    if (Debit(c, *flow, &input)) continue;
    c.verdict.Refuse(
        Refuse(Code::kOverflow,
               fmt::format("process.inputs[{}]: its need passes {} units", i,
                           Quantity::Max().units())));
    return false;
  }
  if (!any) return true;
  TALLY_CHECK(process.inputs.size() == flow->inputs.size());
  for (const FlowInput& input : flow->inputs) {
    c.plan.decision.inputs.push_back(input.quantity);
  }
  return true;
}

}  // namespace tally
