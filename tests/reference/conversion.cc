#include "tests/reference/conversion.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/reference/blending.h"

namespace tally::reference {

namespace {

// The conversion that applies to an input under a scheme.
struct Terms {
  Conversion conversion;
  bool identity = false;      // none at all: what goes in comes out
  bool out_of_range = false;  // there is one, but not on this date
};

bool HasConversion(const Profile& profile, const std::string& process,
                   const std::string& product) {
  return std::any_of(profile.conversions.begin(), profile.conversions.end(),
                     [&](const Conversion& conversion) {
                       return conversion.process == process &&
                              conversion.input == product;
                     });
}

Terms TermsFor(const Profile& profile, const std::string& process,
               const std::string& product, Date date) {
  Terms terms;
  for (const Conversion& conversion : profile.conversions) {
    if (conversion.process != process || conversion.input != product) continue;
    if (date < conversion.from || date > conversion.to) continue;
    terms.conversion = conversion;
    return terms;
  }
  terms.out_of_range = HasConversion(profile, process, product);
  terms.identity = true;
  terms.conversion.input = product;
  terms.conversion.outputs = {{product, Rational(1), Rational(1), false}};
  return terms;
}

// The terms of every input of a process under one scheme.
std::vector<Terms> AllTerms(const Profile& profile, const Process& process,
                            Date date) {
  std::vector<Terms> terms;
  for (const ProcessInput& input : process.inputs) {
    terms.push_back(TermsFor(profile, process.name, input.product, date));
  }
  return terms;
}

bool IsIdentity(const std::vector<Terms>& terms) {
  return std::all_of(terms.begin(), terms.end(),
                     [](const Terms& each) { return each.identity; });
}

// A recipe: an output of which the input is only a part.
bool HasUses(const std::vector<Terms>& terms, const Process& process) {
  for (const Terms& each : terms) {
    for (const ProcessOutput& output : process.outputs) {
      const ConversionOutput* found = each.conversion.Find(output.product);
      if (found != nullptr && found->uses != Rational(1)) return true;
    }
  }
  return false;
}

// Claimed output under one scheme, by product.
std::map<std::string, Rational> ClaimedByProduct(const Process& process,
                                                 const std::string& scheme) {
  std::map<std::string, Rational> claimed;
  for (const ProcessOutput& output : process.outputs) {
    if (!output.claim || output.claim->scheme != scheme) continue;
    Rational& sum = claimed[output.product];
    sum = sum + output.claimed;
  }
  return claimed;
}

Rational NeedOf(const Process& process, const Terms& terms,
                const std::string& scheme) {
  const Conversion& conversion = terms.conversion;
  const std::map<std::string, Rational> claimed =
      ClaimedByProduct(process, scheme);
  Rational need;
  Rational sum;
  for (const auto& [product, value] : claimed) {
    sum = sum + value;
    const ConversionOutput* output = conversion.Find(product);
    if (output == nullptr) continue;
    if (conversion.joint && output != &conversion.outputs.front()) continue;
    need = std::max(need, value * output->uses / output->factor);
  }
  if (conversion.joint || terms.identity || HasUses({terms}, process)) {
    return need;
  }
  return std::max(need, sum / conversion.max_total);
}

Whole Round(const Profile& profile, const Rational& value) {
  // DOWN never favours the claim, so a debit goes up.
  if (profile.rounding == "DOWN") return value.Ceiling();
  if (profile.rounding == "UP") return value.Floor();
  return value.HalfUp();
}

void ComputeInput(const World& world, const Process& process,
                  ProcessInput* input, std::vector<ComputedNeed>* needs,
                  Plan* plan) {
  const Profile& profile = world.schemes.at(input->claim->scheme);
  const Terms terms =
      TermsFor(profile, process.name, input->product, plan->date);
  input->value = NeedOf(process, terms, profile.scheme);
  // Of a lot that is certified in part, as much as has the need's content.
  if (!input->lot.empty()) {
    const auto& share = world.lots.at(input->lot).traits.share;
    if (share && !share->IsZero()) {
      input->value = input->value * Rational(100) / *share;
    }
  }
  const int decimals = world.ProductOf(input->product).decimals;
  ComputedNeed need{
      .position = plan->position,
      .site = process.site,
      .process = process.name,
      .product = input->product,
      .claim = *input->claim,
      .need = input->value * Rational(Whole::PowerOfTen(decimals), 1),
      .debited = 0};
  Rational total = need.need;
  Units debited = 0;
  const auto add = [&](const ComputedNeed& before) {
    if (before.site != need.site || before.process != need.process ||
        before.product != need.product || before.claim != need.claim) {
      return;
    }
    total = total + before.need;
    debited += before.debited;
  };
  for (const ComputedNeed& before : world.needs) add(before);
  for (const ComputedNeed& before : *needs) add(before);
  const Whole rounded = Round(profile, total) - Whole(debited);
  if (rounded > Whole(kUnitsMax)) plan->Refuse("OVERFLOW", input->product);
  need.debited = rounded.ToUnits().value_or(kUnitsMax);
  input->debit = need.debited;
  needs->push_back(need);
}

// Claimed outputs of a product against what stands behind them: for every
// set of models, so that one input is not counted for two outputs.
void CheckClaimed(const World& world, const Process& process,
                  const Profile& profile, const std::vector<Terms>& terms,
                  const std::string& product, Plan* plan) {
  std::set<std::string> models;
  for (const ProcessOutput& output : process.outputs) {
    if (output.claim && output.claim->scheme == profile.scheme &&
        output.product == product) {
      models.insert(output.claim->model);
    }
  }
  const std::vector<std::string> list(models.begin(), models.end());
  for (unsigned chosen = 1; chosen < (1U << list.size()); ++chosen) {
    const auto in_choice = [&](const std::string& model) {
      const auto found = std::find(list.begin(), list.end(), model);
      return ((chosen >> (found - list.begin())) & 1) != 0;
    };
    const bool blended = in_choice(std::string(kControlledBlending));
    // A blend that states too high a share is refused for that.
    if (blended && StatesTooHighShare(world, process, profile.scheme, product,
                                      plan->date)) {
      continue;
    }
    Rational claimed;
    for (const ProcessOutput& output : process.outputs) {
      if (output.claim && output.claim->scheme == profile.scheme &&
          output.product == product && in_choice(output.claim->model)) {
        claimed = claimed + output.claimed;
      }
    }
    Rational most;
    for (size_t i = 0; i < terms.size(); ++i) {
      const ProcessInput& input = process.inputs[i];
      const ConversionOutput* output = terms[i].conversion.Find(product);
      const bool eligible =
          std::any_of(list.begin(), list.end(), [&](const std::string& model) {
            return in_choice(model) &&
                   IsEligible(world, input, {profile.scheme, model},
                              plan->date);
          });
      if (output == nullptr || !eligible) continue;
      most =
          most + CertifiedValue(world, input) * output->factor / output->uses;
    }
    if (claimed > most) {
      plan->Refuse(IsIdentity(terms) ? "LOT_MASS" : "CF_OUT_OF_RANGE",
                   product + " at most " + most.ToDecimal(6));
    }
  }
}

// Everything that comes out against everything that goes in.
void CheckTotal(const Process& process, const std::vector<Terms>& terms,
                Plan* plan) {
  if (HasUses(terms, process)) return;
  Rational most;
  for (size_t i = 0; i < terms.size(); ++i) {
    most = most + process.inputs[i].value * terms[i].conversion.max_total;
  }
  Rational all;
  for (const ProcessOutput& output : process.outputs) {
    all = all + output.value;
  }
  if (all > most)
    plan->Refuse("CF_OUT_OF_RANGE", "at most " + most.ToDecimal(6));
}

// A split, merge or re-tag makes no mass, of any product.
void CheckMass(const Process& process, Plan* plan) {
  std::map<std::string, Rational> gained;
  for (const ProcessOutput& output : process.outputs) {
    gained[output.product] = gained[output.product] + output.value;
  }
  for (const ProcessInput& input : process.inputs) {
    gained[input.product] = gained[input.product] - input.value;
  }
  for (const auto& [product, value] : gained) {
    if (value > Rational(0)) plan->Refuse("LOT_MASS", product);
  }
}

void CheckJoint(const World& world, const Process& process,
                const std::vector<Terms>& terms, Plan* plan) {
  std::map<std::string, Rational> due;
  for (size_t i = 0; i < terms.size(); ++i) {
    if (!terms[i].conversion.joint) continue;
    for (const ConversionOutput& output : terms[i].conversion.outputs) {
      Rational& sum = due[output.product];
      sum = sum + process.inputs[i].value * output.factor;
    }
  }
  for (const auto& [product, value] : due) {
    Rational made;
    for (const ProcessOutput& output : process.outputs) {
      if (output.product == product) made = made + output.value;
    }
    const auto known = world.products.find(product);
    const int decimals =
        known == world.products.end() ? 0 : known->second.decimals;
    const Rational unit(1, Whole::PowerOfTen(decimals));
    const Rational off = made > value ? made - value : value - made;
    if (off >= unit) plan->Refuse("JOINT_RATIO", product);
  }
}

void CheckExcluded(const World& world, const Process& process,
                   const Profile& profile, const std::vector<Terms>& terms,
                   Plan* plan) {
  Rational most;
  bool any = false;
  for (size_t i = 0; i < terms.size(); ++i) {
    Rational share = terms[i].conversion.max_total;
    for (const ConversionOutput& output : terms[i].conversion.outputs) {
      if (!output.excluded) continue;
      any = true;
      share = share - output.factor;
      for (const ProcessOutput& made : process.outputs) {
        if (made.product == output.product && made.claim &&
            made.claim->scheme == profile.scheme) {
          plan->Refuse("FUEL_SHARE", made.product);
        }
      }
    }
    const bool eligible = std::any_of(
        process.outputs.begin(), process.outputs.end(),
        [&](const ProcessOutput& output) {
          return output.claim && output.claim->scheme == profile.scheme &&
                 IsEligible(world, process.inputs[i], *output.claim,
                            plan->date);
        });
    if (eligible) {
      most = most + CertifiedValue(world, process.inputs[i]) * share;
    }
  }
  if (!any || HasUses(terms, process)) return;
  Rational claimed;
  for (const auto& [product, value] :
       ClaimedByProduct(process, profile.scheme)) {
    claimed = claimed + value;
  }
  if (claimed > most) plan->Refuse("FUEL_SHARE", profile.scheme);
}

}  // namespace

void CheckProcessKnown(const World& world, const Process& process, Plan* plan) {
  if (process.EveryOutputIsAnInput()) return;
  const bool any_claimed = std::any_of(
      process.inputs.begin(), process.inputs.end(),
      [](const ProcessInput& input) { return input.claim && !input.neutral; });
  for (const std::string& scheme : process.OutputSchemes()) {
    for (const ProcessInput& input : process.inputs) {
      if (any_claimed && (!input.claim || input.neutral)) continue;
      if (!HasConversion(world.schemes.at(scheme), process.name,
                         input.product)) {
        plan->Refuse("UNKNOWN_PROCESS", process.name + " " + input.product);
      }
    }
  }
}

void ComputeInputs(const World& world, Process* process, Plan* plan) {
  std::vector<ComputedNeed> needs;
  for (ProcessInput& input : process->inputs) {
    if (input.computed) {
      ComputeInput(world, *process, &input, &needs, plan);
    }
  }
  plan->Then([needs](World& after) {
    after.needs.insert(after.needs.end(), needs.begin(), needs.end());
  });
}

void CheckQuantities(const World& world, const Process& process, Plan* plan) {
  const std::set<std::string> schemes = process.OutputSchemes();
  if (schemes.empty() && process.EveryOutputIsAnInput()) {
    CheckMass(process, plan);
  }
  for (const std::string& scheme : schemes) {
    const Profile& profile = world.schemes.at(scheme);
    const std::vector<Terms> terms = AllTerms(profile, process, plan->date);
    for (size_t i = 0; i < terms.size(); ++i) {
      if (terms[i].out_of_range) {
        plan->Refuse("CF_OUT_OF_RANGE", process.inputs[i].product);
      }
    }
    for (const auto& [product, value] : ClaimedByProduct(process, scheme)) {
      CheckClaimed(world, process, profile, terms, product, plan);
    }
    if (IsIdentity(terms)) {
      CheckMass(process, plan);
    } else {
      CheckTotal(process, terms, plan);
    }
    CheckJoint(world, process, terms, plan);
    CheckExcluded(world, process, profile, terms, plan);
  }
}

}  // namespace tally::reference
