#include "engine/rules/mixing.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "engine/profile/profile.h"
#include "engine/rules/recognition_rules.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kUnknownCountry = "ZZ";

bool HasUnknownOrigin(const Case& c, const FlowInput& input) {
  if (!input.lot.valid()) return false;
  const Lot& lot = c.state.lots().at(input.lot);
  return lot.tainted || lot.attributes.origin_country == kUnknownCountry;
}

bool AnyUnknownOrigin(const Case& c, const Flow& flow) {
  return std::any_of(
      flow.inputs.begin(), flow.inputs.end(),
      [&c](const FlowInput& input) { return HasUnknownOrigin(c, input); });
}

UnknownOrigin PolicyOf(const Case& c, SchemeIndex scheme) {
  return c.ProfileOf(scheme).mixing.unknown_origin;
}

// The schemes that have a say in a mix: those of its outputs and inputs.
std::vector<SchemeIndex> SchemesOf(const Flow& flow) {
  std::vector<SchemeIndex> schemes = flow.schemes;
  for (const FlowInput& input : flow.inputs) {
    if (!input.claim.valid()) continue;
    const SchemeIndex scheme = SchemeOf(input.claim);
    if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) {
      schemes.push_back(scheme);
    }
  }
  return schemes;
}

void RefuseMix(Case& c, const FlowOutput& output, Code code,
               std::string_view why) {
  if (!c.verdict.Concerns(code)) return;
  c.verdict.Refuse(RefuseUnder(c, SchemeOf(output.claim), code,
                               fmt::format("{}: {}", output.field, why)));
}

// Input that an identity-preserved or segregated output must not have beside
// its own.
void CheckBeside(Case& c, const FlowInput& input, const FlowOutput& output) {
  const SchemeIndex scheme = SchemeOf(output.claim);
  if (HasUnknownOrigin(c, input) &&
      PolicyOf(c, scheme) != UnknownOrigin::kDeclassifies) {
    return;  // answered as TAINTED
  }
  const bool same_scheme =
      !input.claim.valid() || SchemeOf(input.claim) == scheme ||
      RecognisedAs(
          c, scheme,
          {.claim = input.claim, .product = input.product, .lot = input.lot})
          .valid();
  if (same_scheme) {
    RefuseMix(c, output, Code::kSgTaint,
              "conventional or less strict input is mixed in");
  } else {
    RefuseMix(c, output, Code::kClaimLost,
              "input under another scheme is mixed in");
  }
}

// Identity-preserved input of more than one source.
bool HasSeveralSources(const Case& c, const Flow& flow, ClaimIndex claim) {
  std::string first;
  for (const FlowInput& input : flow.inputs) {
    if (!IsEligible(c, input, claim) || !input.lot.valid() ||
        ModelOf(input.claim) != Model::kIdentityPreserved) {
      continue;
    }
    const std::string& source = c.state.lots().at(input.lot).source;
    if (source.empty() || (!first.empty() && source != first)) return true;
    first = source;
  }
  return false;
}

void CheckSources(Case& c, const Flow& flow, const FlowOutput& output) {
  const IpMix policy = c.ProfileOf(SchemeOf(output.claim)).mixing.ip_mix;
  if (policy == IpMix::kListsHolders) return;
  const bool concerns = ModelOf(output.claim) == Model::kIdentityPreserved ||
                        policy == IpMix::kRefused;
  if (concerns && HasSeveralSources(c, flow, output.claim)) {
    RefuseMix(c, output, Code::kIpMix,
              "identity-preserved input comes from several sources");
  }
}

// Under EQUAL_ONLY material with different greenhouse gas values is never put
// together.
void CheckGhg(Case& c, const Flow& flow, const FlowOutput& output) {
  if (c.ProfileOf(SchemeOf(output.claim)).mixing.ghg != GhgMixing::kEqualOnly) {
    return;
  }
  std::optional<Decimal> first;
  for (const FlowInput& input : flow.inputs) {
    if (!input.lot.valid()) continue;
    const std::optional<Decimal>& ghg =
        c.state.lots().at(input.lot).attributes.ghg;
    if (!ghg) continue;
    if (!first) first = ghg;
    if (!Less(*first, *ghg) && !Less(*ghg, *first)) continue;
    RefuseMix(c, output, Code::kGhgAverage,
              "inputs with different greenhouse gas values are mixed");
    return;
  }
}

void CheckClaimed(Case& c, const Flow& flow, const FlowOutput& output) {
  const bool any_eligible = std::any_of(
      flow.inputs.begin(), flow.inputs.end(), [&](const FlowInput& input) {
        return IsEligible(c, input, output.claim);
      });
  if (!any_eligible) {
    RefuseMix(c, output, Code::kModelUpgrade,
              "no input carries this claim or one above it");
  }
  if (AnyUnknownOrigin(c, flow) &&
      PolicyOf(c, SchemeOf(output.claim)) != UnknownOrigin::kDeclassifies) {
    RefuseMix(c, output, Code::kTainted, "input of unknown origin is mixed in");
  }
  CheckGhg(c, flow, output);
  const Model model = ModelOf(output.claim);
  if (model != Model::kIdentityPreserved && model != Model::kSegregated) {
    return;
  }
  for (const FlowInput& input : flow.inputs) {
    if (input.neutral || IsEligible(c, input, output.claim)) continue;
    if (any_eligible) CheckBeside(c, input, output);
  }
  CheckSources(c, flow, output);
}

// Under a scheme that refuses unknown origin nothing at all is made of it.
void CheckRefusedOrigin(Case& c, const Flow& flow) {
  if (!AnyUnknownOrigin(c, flow)) return;
  for (const SchemeIndex scheme : SchemesOf(flow)) {
    if (PolicyOf(c, scheme) != UnknownOrigin::kRefused) continue;
    c.verdict.Refuse(
        RefuseUnder(c, scheme, Code::kTainted,
                    "process.inputs: input of unknown origin is refused"));
  }
}

// A blend states its share: no more than went in, no less than the scheme's
// minimum.
void CheckBlendShare(Case& c, const Flow& flow, const FlowOutput& output) {
  if (StatesTooHighShare(c, flow, output)) {
    RefuseMix(c, output, Code::kOverInputPct,
              "states a higher share than went in");
  }
  const std::optional<Ratio> percent = Ratio::Of(*output.claims_share);
  const std::optional<Ratio>& least =
      c.ProfileOf(SchemeOf(output.claim)).controlled_blending.min_share_pct;
  if (percent && least && *percent < *least) {
    RefuseMix(c, output, Code::kBelowThreshold,
              "states a share below the scheme's minimum");
  }
}

}  // namespace

void CheckMixing(Case& c, const Flow& flow) {
  for (const FlowOutput& output : flow.outputs) {
    if (!output.claim.valid()) continue;
    CheckClaimed(c, flow, output);
    if (ModelOf(output.claim) == Model::kControlledBlending &&
        output.claims_share) {
      CheckBlendShare(c, flow, output);
    }
  }
  CheckRefusedOrigin(c, flow);
}

bool StatesTooHighShare(const Case& c, const Flow& flow,
                        const FlowOutput& output) {
  if (!output.claims_share) return false;
  ExactQuantity eligible;
  ExactQuantity all;
  for (const FlowInput& input : flow.inputs) {
    if (input.neutral) continue;
    const auto sum = all.Plus(input.Used());
    if (!sum) return false;  // refused as OVERFLOW by the conversion rules
    all = *sum;
    if (!IsEligible(c, input, output.claim)) continue;
    const auto part = eligible.Plus(input.content);
    if (!part) return false;
    eligible = *part;
  }
  const std::optional<Ratio> percent = Ratio::Of(*output.claims_share);
  const std::optional<Ratio> share =
      percent ? percent->Over(Ratio(100)) : std::nullopt;
  const std::optional<ExactQuantity> stated =
      share ? all.Times(*share) : std::nullopt;
  return stated && eligible < *stated;
}

bool TaintsConventional(const Case& c, const Flow& flow) {
  bool any_tainted = false;
  for (const FlowInput& input : flow.inputs) {
    any_tainted = any_tainted ||
                  (input.lot.valid() && c.state.lots().at(input.lot).tainted);
  }
  if (any_tainted) return true;
  if (!AnyUnknownOrigin(c, flow)) return false;
  const std::vector<SchemeIndex> schemes = SchemesOf(flow);
  return std::any_of(schemes.begin(), schemes.end(), [&c](SchemeIndex scheme) {
    return PolicyOf(c, scheme) == UnknownOrigin::kTaints;
  });
}

}  // namespace tally
