#include "tests/reference/process.h"

#include <algorithm>

#include "tests/reference/blending.h"
#include "tests/reference/conversion.h"
#include "tests/reference/percentage.h"
#include "tests/reference/planners.h"
#include "tests/reference/stock.h"
#include "tests/reference/traits.h"

namespace tally::reference {

namespace {

ProcessInput ReadInput(const World& world, const Json& json) {
  ProcessInput input;
  input.product = Text(json, "product");
  input.claim = ReadClaim(json);
  input.lot = Text(json, "lot");
  const Product& product = world.ProductOf(input.product);
  input.neutral = product.category == "NEUTRAL";
  input.computed = !json.contains("quantity");
  if (!input.computed) {
    input.debit = ReadQuantity(world, json);
    input.value = Rational::FromUnits(input.debit, product.decimals);
  }
  return input;
}

ProcessOutput ReadOutput(const World& world, const Json& json) {
  ProcessOutput output;
  output.product = Text(json, "product");
  output.claim = ReadClaim(json);
  output.lot = Text(json, "lot");
  output.quantity = ReadQuantity(world, json);
  output.stated = ReadTraits(json);
  output.stated.share = ReadShare(json);
  if (json.contains("tags")) output.tags = json["tags"];
  const int decimals = world.ProductOf(output.product).decimals;
  output.value = Rational::FromUnits(output.quantity, decimals);
  if (!output.claim) return output;
  output.certified = output.quantity;
  if (output.lot.empty() && output.stated.share) {
    const Rational part = *output.stated.share / Rational(100);
    output.certified = *(Rational(output.quantity) * part).Floor().ToUnits();
  }
  return output;
}

// What an output claims: its share of it, which a lot has of its inputs
// unless it states a lower one.
void ReadClaimed(const World& world, Process* process) {
  std::vector<Traits> inputs;
  for (const ProcessInput& input : process->inputs) {
    if (input.neutral) continue;
    inputs.push_back(input.lot.empty() ? Traits()
                                       : world.lots.at(input.lot).traits);
  }
  const std::optional<Rational> carried = Inherit(inputs, nullptr).share;
  for (ProcessOutput& output : process->outputs) {
    if (!output.claim) continue;
    std::optional<Rational> share = output.stated.share;
    if (!share && !output.lot.empty()) share = carried;
    output.claimed = output.value;
    if (share) output.claimed = output.value * *share / Rational(100);
  }
}

// The origin of the entitlement that inputs draw on: the one that the outputs
// state, if it is one.
std::string OriginOfOutputs(const Process& process) {
  std::set<std::string> stated;
  for (const ProcessOutput& output : process.outputs) {
    if (output.stated.origin_country) {
      stated.insert(*output.stated.origin_country);
    }
  }
  return stated.size() == 1 ? *stated.begin() : "";
}

void PostInputs(const World& world, const Process& process, Plan* plan) {
  const std::string origin = OriginOfOutputs(process);
  for (const ProcessInput& input : process.inputs) {
    const bool matched = input.claim && input.claim->model == kMassBalance &&
                         world.schemes.at(input.claim->scheme).origin_match;
    Draw(world,
         {.site = process.site,
          .product = input.product,
          .claim = input.claim,
          .lot = input.lot,
          .origin = matched ? origin : "",
          .quantity = input.debit,
          .cause = Cause::kProcessIn},
         plan);
    plan->PostBoundary("CONVERTED", process.site, input.product, input.debit,
                       Cause::kProcessIn);
    if (!input.claim) continue;
    plan->claimed_lines.push_back({{.site = process.site,
                                    .product = input.product,
                                    .claims = {*input.claim},
                                    .lot = input.lot},
                                   *input.claim,
                                   std::nullopt});
  }
}

Lot MakeLot(const World& world, const Process& process,
            const ProcessOutput& output, const Traits& traits,
            const Plan& plan) {
  Lot lot;
  lot.id = output.lot;
  lot.product = output.product;
  lot.quantity = output.quantity;
  if (output.claim) lot.claims = {*output.claim};
  lot.site = process.site;
  lot.date = plan.date;
  lot.position = plan.position;
  lot.tags = output.tags;
  lot.traits = traits;
  for (const ProcessInput& input : process.inputs) {
    const int decimals = world.ProductOf(input.product).decimals;
    lot.inputs.push_back({input.lot, process.site,
                          Rational::FromUnits(input.debit, decimals),
                          input.neutral});
  }
  return lot;
}

void PostOutputs(const World& world, const Process& process, bool tainted,
                 Plan* plan) {
  for (const ProcessOutput& output : process.outputs) {
    Holding holding{
        .site = process.site, .product = output.product, .lot = output.lot};
    const Holding conventional = holding;
    const Traits traits = OutputTraits(world, process, output, plan);
    if (output.claim) {
      holding.claims = {*output.claim};
      holding.origin = OriginFor(world, holding.claims, traits, plan);
    }
    plan->PostBoundary("CONVERTED", process.site, output.product,
                       -output.quantity, Cause::kProcessOut);
    plan->Post(holding, output.certified, Cause::kProcessOut);
    plan->Post(conventional, output.quantity - output.certified,
               Cause::kProcessOut);
    if (output.lot.empty()) continue;
    Lot lot = MakeLot(world, process, output, traits, *plan);
    if (tainted && !output.claim) lot.flags.insert("TAINTED");
    plan->Then([lot](World& after) { after.lots[lot.id] = lot; });
  }
}

}  // namespace

std::set<std::string> Process::OutputSchemes() const {
  std::set<std::string> schemes;
  for (const ProcessOutput& output : outputs) {
    if (output.claim) schemes.insert(output.claim->scheme);
  }
  return schemes;
}

bool Process::EveryOutputIsAnInput() const {
  return std::all_of(
      outputs.begin(), outputs.end(), [this](const ProcessOutput& output) {
        return std::any_of(inputs.begin(), inputs.end(),
                           [&output](const ProcessInput& input) {
                             return input.product == output.product;
                           });
      });
}

Process ReadProcess(const World& world, const Plan& plan) {
  Process process;
  process.site = plan.Text("site");
  process.name = plan.Text("process");
  for (const Json& json : plan.body["inputs"]) {
    process.inputs.push_back(ReadInput(world, json));
  }
  for (const Json& json : plan.body["outputs"]) {
    process.outputs.push_back(ReadOutput(world, json));
  }
  ReadClaimed(world, &process);
  return process;
}

void PlanProcess(const World& world, Plan* plan) {
  Process process = ReadProcess(world, *plan);
  ComputeInputs(world, &process, plan);
  const bool tainted = CheckOutputClaims(world, process, plan);
  CheckQuantities(world, process, plan);
  PostInputs(world, process, plan);
  PostOutputs(world, process, tainted, plan);
  CheckPercentage(world, plan);
}

}  // namespace tally::reference
