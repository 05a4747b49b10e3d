#include "tests/reference/blending.h"

#include <algorithm>

#include "tests/reference/certificates.h"
#include "tests/reference/recognition.h"
#include "tests/reference/traits.h"

namespace tally::reference {

namespace {

const Lot* LotOf(const World& world, const std::string& id) {
  return id.empty() ? nullptr : &world.lots.at(id);
}

bool IsUnknownOrigin(const World& world, const ProcessInput& input) {
  const Lot* lot = LotOf(world, input.lot);
  return lot != nullptr &&
         (lot->traits.origin_country == "ZZ" || lot->flags.contains("TAINTED"));
}

bool HasUnknownOrigin(const World& world, const Process& process) {
  return std::any_of(
      process.inputs.begin(), process.inputs.end(),
      [&](const ProcessInput& input) { return IsUnknownOrigin(world, input); });
}

// The claim that an input counts as under the scheme of an output.
std::optional<Claim> CountsAs(const World& world, const ProcessInput& input,
                              const Profile& profile, Date date) {
  if (!input.claim || input.neutral) return std::nullopt;
  if (input.claim->scheme == profile.scheme) return input.claim;
  const Lot* lot = LotOf(world, input.lot);
  const std::string level =
      lot == nullptr ? "" : lot->traits.level.value_or("");
  return Recognise(world, profile, *input.claim, input.product, level, date);
}

bool IsPhysical(const Claim& claim) {
  return claim.model == kIdentityPreserved || claim.model == kSegregated;
}

// What stands beside the eligible inputs of an IP or SG output.
void CheckPurity(const World& world, const Process& process, const Claim& claim,
                 Plan* plan) {
  const Profile& profile = world.schemes.at(claim.scheme);
  std::set<std::string> sources;
  for (const ProcessInput& input : process.inputs) {
    if (input.neutral) continue;
    if (IsEligible(world, input, claim, plan->date)) {
      const auto counts = CountsAs(world, input, profile, plan->date);
      if (counts->model == kIdentityPreserved && !input.lot.empty()) {
        sources.merge(SourcesOf(world, input.lot));
      }
      continue;
    }
    // Unknown origin is a rule of its own, unless the scheme takes it for
    // ordinary conventional material.
    if (IsUnknownOrigin(world, input) &&
        profile.unknown_origin != "DECLASSIFIES") {
      continue;
    }
    const bool foreign = input.claim && input.claim->scheme != claim.scheme &&
                         !CountsAs(world, input, profile, plan->date);
    plan->Refuse(foreign ? "CLAIM_LOST" : "SG_TAINT", input.product);
  }
  const bool mix_refused =
      profile.ip_mix == "REFUSED" || (profile.ip_mix == "BECOMES_SEGREGATED" &&
                                      claim.model == kIdentityPreserved);
  if (sources.size() > 1 && mix_refused) plan->Refuse("IP_MIX", claim.scheme);
}

// Whether an output states a higher share than goes in for it.
bool ExceedsShare(const World& world, const Process& process,
                  const ProcessOutput& output, Date date) {
  Rational eligible;
  Rational all;
  for (const ProcessInput& input : process.inputs) {
    if (input.neutral) continue;
    all = all + input.value;
    if (IsEligible(world, input, *output.claim, date)) {
      eligible = eligible + CertifiedValue(world, input);
    }
  }
  const Rational stated = output.stated.share.value_or(Rational(100));
  return stated * all > eligible * Rational(100);
}

void CheckBlend(const World& world, const Process& process,
                const ProcessOutput& output, Plan* plan) {
  const Profile& profile = world.schemes.at(output.claim->scheme);
  const Rational stated = output.stated.share.value_or(Rational(100));
  if (ExceedsShare(world, process, output, plan->date)) {
    plan->Refuse("OVER_INPUT_PCT", output.product);
  }
  if (stated < profile.min_share_pct) {
    plan->Refuse("BELOW_THRESHOLD", profile.min_share_pct.ToDecimal(2) + " %");
  }
}

// The schemes of everything that goes in or comes out.
std::set<std::string> SchemesOf(const Process& process) {
  std::set<std::string> schemes = process.OutputSchemes();
  for (const ProcessInput& input : process.inputs) {
    if (input.claim) schemes.insert(input.claim->scheme);
  }
  return schemes;
}

}  // namespace

bool IsEligible(const World& world, const ProcessInput& input,
                const Claim& output, Date date) {
  const Profile& profile = world.schemes.at(output.scheme);
  const auto counts = CountsAs(world, input, profile, date);
  return counts && profile.Reaches(counts->model, output.model);
}

Rational CertifiedValue(const World& world, const ProcessInput& input) {
  const Lot* lot = LotOf(world, input.lot);
  if (lot == nullptr || !lot->traits.share) return input.value;
  return input.value * *lot->traits.share / Rational(100);
}

bool StatesTooHighShare(const World& world, const Process& process,
                        const std::string& scheme, const std::string& product,
                        Date date) {
  const Claim blend = {scheme, std::string(kControlledBlending)};
  return std::any_of(process.outputs.begin(), process.outputs.end(),
                     [&](const ProcessOutput& output) {
                       return output.claim == blend &&
                              output.product == product &&
                              ExceedsShare(world, process, output, date);
                     });
}

bool CheckOutputClaims(const World& world, const Process& process, Plan* plan) {
  const bool unknown = HasUnknownOrigin(world, process);
  bool tainted =
      std::any_of(process.inputs.begin(), process.inputs.end(),
                  [&](const ProcessInput& input) {
                    const Lot* lot = LotOf(world, input.lot);
                    return lot != nullptr && lot->flags.contains("TAINTED");
                  });
  for (const std::string& scheme : SchemesOf(process)) {
    const std::string& rule = world.schemes.at(scheme).unknown_origin;
    if (unknown && rule == "REFUSED") plan->Refuse("TAINTED", scheme);
    tainted = tainted || (unknown && rule == "TAINTS");
  }
  for (const ProcessOutput& output : process.outputs) {
    if (!output.claim) continue;
    const bool any = std::any_of(process.inputs.begin(), process.inputs.end(),
                                 [&](const ProcessInput& input) {
                                   return IsEligible(world, input,
                                                     *output.claim, plan->date);
                                 });
    if (!any) plan->Refuse("MODEL_UPGRADE", output.product);
    if (any && IsPhysical(*output.claim)) {
      CheckPurity(world, process, *output.claim, plan);
    }
    if (output.claim->model == kControlledBlending) {
      CheckBlend(world, process, output, plan);
    }
    if (unknown &&
        world.schemes.at(output.claim->scheme).unknown_origin == "TAINTS") {
      plan->Refuse("TAINTED", output.product);
    }
  }
  return tainted;
}

Traits OutputTraits(const World& world, const Process& process,
                    const ProcessOutput& output, Plan* plan) {
  std::vector<Traits> inputs;
  for (const ProcessInput& input : process.inputs) {
    if (input.neutral) continue;
    inputs.push_back(input.lot.empty() ? Traits()
                                       : world.lots.at(input.lot).traits);
  }
  const Profile* profile =
      output.claim ? &world.schemes.at(output.claim->scheme) : nullptr;
  const Traits inherited = Inherit(inputs, profile);
  Traits stated = output.stated;
  // A blend's share is judged by what goes into it.
  if (output.claim && output.claim->model == kControlledBlending) {
    stated.share.reset();
  }
  CheckStated(stated, inherited, profile, plan);
  if (profile != nullptr && profile->ghg == "EQUAL_ONLY") {
    for (const Traits& its : inputs) {
      if (its.ghg && its.ghg != inherited.ghg) {
        plan->Refuse("GHG_AVERAGE", output.product);
      }
    }
  }
  return Merge(output.stated, inherited);
}

std::set<std::string> SourcesOf(const World& world, const std::string& lot) {
  std::set<std::string> sources;
  std::set<std::string> seen;
  std::vector<std::string> open = {lot};
  while (!open.empty()) {
    const Lot& next = world.lots.at(open.back());
    open.pop_back();
    if (!seen.insert(next.id).second) continue;
    if (!next.source.empty()) sources.insert(next.source);
    for (const LotInput& input : next.inputs) {
      if (input.neutral) continue;
      if (input.lot.empty()) {
        sources.insert(input.site);
      } else {
        open.push_back(input.lot);
      }
    }
  }
  return sources;
}

void CheckSources(const World& world, const ClaimSet& claims,
                  const std::vector<const Lot*>& parents, Plan* plan) {
  std::set<std::string> sources;
  for (const Lot* parent : parents) {
    sources.merge(SourcesOf(world, parent->id));
  }
  for (const Claim& claim : claims) {
    if (claim.model == kIdentityPreserved && sources.size() > 1 &&
        world.schemes.at(claim.scheme).ip_mix != "LISTS_HOLDERS") {
      plan->Refuse("IP_MIX", claim.scheme);
    }
  }
}

}  // namespace tally::reference
