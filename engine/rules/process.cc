// process: material is transformed, split or merged at a site. Inputs go into
// CONVERTED, outputs come out of it.

#include <algorithm>
#include <utility>

#include "engine/rules/blend.h"
#include "engine/rules/bring.h"
#include "engine/rules/conversion.h"
#include "engine/rules/holdings.h"
#include "engine/rules/lookup.h"
#include "engine/rules/lot_claims.h"
#include "engine/rules/mixing.h"
#include "engine/rules/passage.h"
#include "engine/rules/planners.h"
#include "engine/rules/process_flow.h"
#include "fmt/format.h"

namespace tally {
namespace {

void FindInputs(Case& c, const Process& process, Flow* flow) {
  for (size_t i = 0; i < process.inputs.size(); ++i) {
    const ProcessInput& named = process.inputs[i];
    const FieldPath field = FieldPath("process.inputs").At(i);
    FlowInput input;
    input.product = FindProduct(c, field.Of("product"), named.product);
    input.claim = FindClaim(c, field.Of("claim"), named.claim);
    CheckLotNamed(c, field, input.claim, named.lot);
    if (!named.lot.empty()) {
      input.lot = FindLot(c, field.Of("lot"), named.lot);
    }
    input.computed = !named.quantity.has_value();
    flow->inputs.push_back(input);
  }
}

void FindOutputs(Case& c, const Process& process, Flow* flow) {
  for (size_t i = 0; i < process.outputs.size(); ++i) {
    const ProcessOutput& named = process.outputs[i];
    FlowOutput output;
    output.field = FieldPath("process.outputs").At(i);
    output.named = &named;
    output.product = FindProduct(c, output.field.Of("product"), named.product);
    output.claim = FindClaim(c, output.field.Of("claim"), named.claim);
    CheckLotNamed(c, output.field, output.claim, named.lot);
    output.claims_share = named.claims_share;
    if (output.claim.valid()) {
      const SchemeIndex scheme = SchemeOf(output.claim);
      if (std::find(flow->schemes.begin(), flow->schemes.end(), scheme) ==
          flow->schemes.end()) {
        flow->schemes.push_back(scheme);
      }
    }
    flow->outputs.push_back(std::move(output));
  }
}

// The certified part of a quantity under a share; all of it without one.
std::optional<ExactQuantity> ContentOf(Quantity quantity,
                                       const std::optional<Decimal>& share) {
  if (!share) return ExactQuantity(quantity);
  const std::optional<Ratio> percent = Ratio::Of(*share);
  const std::optional<Ratio> part =
      percent ? percent->Over(Ratio(100)) : std::nullopt;
  if (!part) return std::nullopt;
  return ExactQuantity::Of(quantity, *part);
}

bool ReadInputs(Case& c, const Process& process, Flow* flow) {
  for (size_t i = 0; i < flow->inputs.size(); ++i) {
    FlowInput& input = flow->inputs[i];
    const Product& product = c.state.registry().at(input.product);
    input.neutral = product.category == Category::kNeutral;
    if (input.computed) continue;
    const std::optional<Quantity> quantity =
        ReadQuantity(c, FieldPath("process.inputs").At(i).Of("quantity"),
                     *process.inputs[i].quantity, input.product);
    if (!quantity) return false;
    input.quantity = *quantity;
    const std::optional<ExactQuantity> content = ContentOf(
        *quantity, input.lot.valid() ? c.state.lots().at(input.lot).claims_share
                                     : std::nullopt);
    if (!content) return false;
    input.content = *content;
  }
  return true;
}

bool ReadOutputs(Case& c, const Blend& blend, Flow* flow) {
  for (FlowOutput& output : flow->outputs) {
    const std::optional<Quantity> quantity = ReadQuantity(
        c, output.field.Of("quantity"), output.named->quantity, output.product);
    if (!quantity) return false;
    output.quantity = *quantity;
    // A lot takes the lowest share of what went in unless it states less.
    if (output.claim.valid() && !output.claims_share &&
        !output.named->lot.empty()) {
      output.claims_share = blend.claims_share();
    }
    const std::optional<ExactQuantity> content =
        ContentOf(*quantity, output.claims_share);
    if (!content) return false;
    output.content = *content;
  }
  return true;
}

// What the inputs carry together. NEUTRAL input counts for nothing.
Blend BlendOf(const Case& c, const Flow& flow) {
  const Profile* levels =
      flow.schemes.empty() ? nullptr : &c.ProfileOf(flow.schemes.front());
  Blend blend(c.state, levels);
  for (const FlowInput& input : flow.inputs) {
    const Parent parent{
        .lot = input.lot, .product = input.product, .quantity = input.quantity};
    if (input.neutral) {
      blend.AddNeutral(parent);
    } else {
      blend.Add(parent);
    }
  }
  return blend;
}

// The origin of the entitlement that inputs draw on, where it is matched by
// origin: the one that all outputs state; 0 where they differ.
uint16_t OriginOf(const Flow& flow) {
  std::string_view country;
  for (const FlowOutput& output : flow.outputs) {
    const std::string_view stated = output.named->attributes.origin_country;
    if (stated.empty()) continue;
    if (!country.empty() && country != stated) return 0;
    country = stated;
  }
  return OriginCode(country);
}

void TakeInputs(Case& c, const Flow& flow) {
  const uint16_t origin = OriginOf(flow);
  for (size_t i = 0; i < flow.inputs.size(); ++i) {
    const FlowInput& input = flow.inputs[i];
    Movement movement;
    movement.direction = Direction::kOut;
    movement.site = flow.site;
    movement.product = input.product;
    movement.quantity = input.quantity;
    movement.claim = input.claim;
    movement.sold_as = input.claim;
    movement.lot = input.lot;
    movement.field = FieldPath("process.inputs").At(i);
    movement.claims_output = input.claim.valid();
    if (MatchesOrigin(c, input.claim)) movement.origin = origin;
    c.movements.push_back(std::move(movement));
    Take(c, c.movements.size() - 1);
    NoteDrawn(c, c.movements.back());
    Post(c, Boundary::kConverted, input.product, input.quantity);
  }
}

// The blend's attributes, worsened by what the output states of itself.
LotAttributes StatedOver(const LotAttributes& carried,
                         const Attributes& stated) {
  LotAttributes result = carried;
  if (!stated.origin_country.empty() && carried.origin_country.empty()) {
    result.origin_country = stated.origin_country;
  }
  if (stated.ghg) result.ghg = stated.ghg;
  if (!stated.level.empty()) result.level = stated.level;
  if (stated.source_status != SourceStatus::kUnspecified) {
    result.source_status = stated.source_status;
  }
  return result;
}

void BringOutput(Case& c, const Flow& flow, const Blend& blend,
                 const FlowOutput& output, bool taints_conventional) {
  const ProcessOutput& named = *output.named;
  const SchemeIndex scheme =
      output.claim.valid() ? SchemeOf(output.claim) : SchemeIndex();
  CheckLevelKnown(c, output.claim, output.field, named.attributes);
  CheckStated(c, scheme, output.field, blend.attributes(),
              ModelOf(output.claim) == Model::kControlledBlending
                  ? std::nullopt
                  : blend.claims_share(),
              named.claims_share, named.attributes);
  Arrival arrival = blend.Make(flow.site);
  arrival.site = flow.site;
  arrival.product = output.product;
  arrival.quantity = output.quantity;
  arrival.claims = {output.claim};
  arrival.lot = named.lot;
  arrival.claims_share = output.claims_share;
  arrival.attributes = StatedOver(blend.attributes(), named.attributes);
  arrival.tags = named.tags;
  arrival.tainted = !output.claim.valid() && taints_conventional;
  Post(c, Boundary::kConverted, output.product, output.quantity.Negated());
  Bring(c, arrival);
}

}  // namespace

void PlanEvent(Case& c, const Process& process) {
  Flow flow{.process = process.process};
  flow.site = FindSite(c, "process.site", process.site);
  FindInputs(c, process, &flow);
  FindOutputs(c, process, &flow);
  if (!c.verdict.accepted()) return;
  if (!ReadInputs(c, process, &flow)) return;
  if (!ReadOutputs(c, BlendOf(c, flow), &flow)) return;
  if (!ComputeInputs(c, process, &flow)) return;

  CheckMixing(c, flow);
  CheckConversion(c, flow);
  TakeInputs(c, flow);
  const Blend blend = BlendOf(c, flow);
  const bool taints = TaintsConventional(c, flow);
  for (const FlowOutput& output : flow.outputs) {
    BringOutput(c, flow, blend, output, taints);
  }
}

}  // namespace tally
