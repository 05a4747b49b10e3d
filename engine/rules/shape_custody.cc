#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/model/limits.h"
#include "engine/rules/shape_kinds.h"

namespace tally {
namespace {

void CheckClaim(ShapeChecks& checks, const ClaimName& claim) {
  checks.Id("scheme", claim.scheme);
  checks.Term("model", claim.model, Model::kBookAndClaim);
}

// A claim left out is conventional material.
void CheckOptionalClaim(ShapeChecks& checks, const ClaimName& claim) {
  if (claim.scheme.empty() && claim.model == Model::kConventional) return;
  const auto part = checks.In("claim");
  CheckClaim(checks, claim);
}

void CheckRequiredClaim(ShapeChecks& checks, const ClaimName& claim) {
  const auto part = checks.In("claim");
  CheckClaim(checks, claim);
}

// Identity-preserved stock is always in lots, mass balance never.
void CheckLot(ShapeChecks& checks, Model model, std::string_view lot) {
  checks.OptionalId("lot", lot);
  if (model == Model::kIdentityPreserved && lot.empty()) {
    checks.Wrong("lot", "", "a lot, which identity-preserved stock is in");
  }
  if (model == Model::kMassBalance && !lot.empty()) {
    checks.Wrong("lot", lot, "left out: mass balance is never in lots");
  }
}

// One quantity has at most one claim under each scheme.
void CheckAlso(ShapeChecks& checks, const ClaimName& claim,
               std::span<const ClaimName> also, std::string_view lot) {
  if (!checks.Size("also", also.size(), 0, kAlsoClaimsMax)) return;
  std::vector<std::string_view> schemes = {claim.scheme};
  for (size_t i = 0; i < also.size(); ++i) {
    const auto part = checks.In("also", static_cast<int>(i));
    CheckClaim(checks, also[i]);
    for (const std::string_view scheme : schemes) {
      if (scheme != also[i].scheme) continue;
      checks.Wrong("scheme", scheme, "a scheme that has no other claim here");
    }
    schemes.push_back(also[i].scheme);
  }
  if (!also.empty() && claim.IsConventional()) checks.Missing("claim");
  for (const ClaimName& further : also) {
    if (further.model != claim.model) CheckLot(checks, further.model, lot);
  }
}

void CheckShare(ShapeChecks& checks, const ClaimName& claim,
                const std::optional<Decimal>& share) {
  checks.OptionalShare("claims_share", share);
  if (share && claim.IsConventional()) {
    checks.Wrong("claims_share", share->ToString(),
                 "left out: conventional material has no claim to share in");
  }
}

void CheckAttributes(ShapeChecks& checks, const Attributes& attributes) {
  const auto part = checks.In("attributes");
  checks.OptionalCountry("origin_country", attributes.origin_country);
  checks.OptionalGhg("ghg", attributes.ghg);
  checks.OptionalName("level", attributes.level);
  checks.OptionalTerm("source_status", attributes.source_status,
                      SourceStatus::kRed);
}

// Site, product and quantity, which most kinds start with.
template <typename Kind>
void CheckStock(ShapeChecks& checks, const Kind& kind) {
  checks.Id("site", kind.site);
  checks.Id("product", kind.product);
  checks.Quantity("quantity", kind.quantity);
}

void CheckLine(ShapeChecks& checks, const ShipLine& line) {
  checks.Id("product", line.product);
  checks.Quantity("quantity", line.quantity);
  CheckOptionalClaim(checks, line.claim);
  CheckLot(checks, line.claim.model, line.lot);
  if (line.as_model) {
    checks.OptionalTerm("as_model", *line.as_model, Model::kBookAndClaim);
    if (line.claim.IsConventional()) {
      checks.Wrong("as_model", "",
                   "left out: conventional material has no model to change");
    }
  }
  CheckShare(checks, line.claim, line.claims_share);
  CheckAttributes(checks, line.attributes);
  CheckSerials(checks, line.serials);
}

void CheckInput(ShapeChecks& checks, const ProcessInput& input) {
  checks.Id("product", input.product);
  checks.OptionalQuantity("quantity", input.quantity);
  CheckOptionalClaim(checks, input.claim);
  CheckLot(checks, input.claim.model, input.lot);
}

// A quantity is computed from what is made under the claim's scheme.
void CheckComputable(ShapeChecks& checks, const Process& process,
                     const ProcessInput& input) {
  if (input.quantity) return;
  const bool made =
      std::any_of(process.outputs.begin(), process.outputs.end(),
                  [&](const ProcessOutput& output) {
                    return !output.claim.IsConventional() &&
                           output.claim.scheme == input.claim.scheme;
                  });
  if (input.claim.IsConventional() || !made) checks.Missing("quantity");
}

void CheckOutput(ShapeChecks& checks, const ProcessOutput& output) {
  checks.Id("product", output.product);
  checks.Quantity("quantity", output.quantity);
  CheckOptionalClaim(checks, output.claim);
  CheckLot(checks, output.claim.model, output.lot);
  CheckShare(checks, output.claim, output.claims_share);
  if (output.claim.model == Model::kControlledBlending &&
      !output.claims_share) {
    checks.Missing("claims_share");
  }
  CheckAttributes(checks, output.attributes);
  checks.Names("tags", output.tags, kTagsMax);
}

}  // namespace

void CheckKind(ShapeChecks& checks, const Originate& originate) {
  CheckStock(checks, originate);
  CheckRequiredClaim(checks, originate.claim);
  CheckLot(checks, originate.claim.model, originate.lot);
  CheckAlso(checks, originate.claim, originate.also, originate.lot);
  checks.OptionalId("certificate", originate.certificate);
  checks.OptionalId("member", originate.member);
  checks.Names("tags", originate.tags, kTagsMax);
  CheckAttributes(checks, originate.attributes);
}

void CheckKind(ShapeChecks& checks, const Receive& receive) {
  CheckStock(checks, receive);
  CheckOptionalClaim(checks, receive.claim);
  CheckLot(checks, receive.claim.model, receive.lot);
  CheckAlso(checks, receive.claim, receive.also, receive.lot);
  checks.Name("supplier", receive.supplier);
  checks.OptionalName("supplier_certificate", receive.supplier_certificate);
  CheckAttributes(checks, receive.attributes);
  CheckShare(checks, receive.claim, receive.claims_share);
  checks.OptionalId("contract", receive.contract);
}

void CheckKind(ShapeChecks& checks, const Ship& ship) {
  checks.Id("shipment", ship.shipment);
  checks.Id("from_site", ship.from_site);
  checks.OneOf("to_site", !ship.to_site.empty(), "to_external",
               !ship.to_external.empty());
  checks.OptionalId("to_site", ship.to_site);
  checks.OptionalName("to_external", ship.to_external);
  checks.OptionalGhg("ghg", ship.ghg);
  checks.OptionalText("overdraw_reason", ship.overdraw_reason);
  checks.OptionalId("contract", ship.contract);
  if (!checks.Size("lines", ship.lines.size(), 1, kLinesMax)) return;
  for (size_t i = 0; i < ship.lines.size(); ++i) {
    const auto line = checks.In("lines", static_cast<int>(i));
    CheckLine(checks, ship.lines[i]);
  }
}

void CheckKind(ShapeChecks& checks, const Accept& accept) {
  checks.Id("shipment", accept.shipment);
  checks.OptionalId("as_scheme", accept.as_scheme);
  checks.OptionalId("lot", accept.lot);
  checks.OptionalText("reason", accept.reason);
  checks.OptionalId("contract", accept.contract);
  if (!checks.Size("lines", accept.lines.size(), 0, kLinesMax)) return;
  for (size_t i = 0; i < accept.lines.size(); ++i) {
    const auto line = checks.In("lines", static_cast<int>(i));
    checks.Id("product", accept.lines[i].product);
    checks.Quantity("quantity", accept.lines[i].quantity);
  }
}

void CheckKind(ShapeChecks& checks, const Reject& reject) {
  checks.Id("shipment", reject.shipment);
  checks.Text("reason", reject.reason);
}

void CheckKind(ShapeChecks& checks, const Recall& recall) {
  checks.Id("shipment", recall.shipment);
  checks.Text("reason", recall.reason);
}

void CheckKind(ShapeChecks& checks, const Process& process) {
  checks.Id("site", process.site);
  checks.Id("process", process.process);
  if (checks.Size("inputs", process.inputs.size(), 1, kLinesMax)) {
    for (size_t i = 0; i < process.inputs.size(); ++i) {
      const auto input = checks.In("inputs", static_cast<int>(i));
      CheckInput(checks, process.inputs[i]);
      CheckComputable(checks, process, process.inputs[i]);
    }
  }
  if (!checks.Size("outputs", process.outputs.size(), 1, kLinesMax)) return;
  for (size_t i = 0; i < process.outputs.size(); ++i) {
    const auto output = checks.In("outputs", static_cast<int>(i));
    CheckOutput(checks, process.outputs[i]);
  }
}

void CheckKind(ShapeChecks& checks, const Downgrade& downgrade) {
  CheckStock(checks, downgrade);
  CheckRequiredClaim(checks, downgrade.claim);
  CheckLot(checks, downgrade.claim.model, downgrade.lot);
  checks.OptionalTerm("to_model", downgrade.to_model, Model::kBookAndClaim);
}

void CheckKind(ShapeChecks& checks, const Adjust& adjust) {
  CheckStock(checks, adjust);
  CheckOptionalClaim(checks, adjust.claim);
  CheckLot(checks, adjust.claim.model, adjust.lot);
  checks.Term("reason", adjust.reason, AdjustReason::kStockCount);
}

void CheckKind(ShapeChecks& checks, const CountStock& count) {
  checks.Id("site", count.site);
  checks.Id("product", count.product);
  checks.QuantityOrZero("physical_quantity", count.physical_quantity);
}

void CheckKind(ShapeChecks& checks, const Consume& consume) {
  CheckStock(checks, consume);
  CheckRequiredClaim(checks, consume.claim);
  CheckLot(checks, consume.claim.model, consume.lot);
  checks.Name("beneficiary", consume.beneficiary);
  checks.OptionalText("statement", consume.statement);
  checks.OptionalText("overdraw_reason", consume.overdraw_reason);
  checks.OptionalId("attribute", consume.attribute);
  if (!consume.attribute.empty() && consume.lot.empty()) checks.Missing("lot");
}

void CheckKind(ShapeChecks& checks, const AgreeContract& agree) {
  checks.Id("contract", agree.contract);
  CheckStock(checks, agree);
  CheckRequiredClaim(checks, agree.claim);
  checks.Name("counterparty", agree.counterparty);
  checks.Day("deliver_by", agree.deliver_by);
}

}  // namespace tally
