#include <span>

#include "engine/model/limits.h"
#include "engine/rules/shape_kinds.h"
#include "fmt/format.h"

namespace tally {
namespace {

template <typename Kind>
void CheckQuantityOrSerials(ShapeChecks& checks, const Kind& kind) {
  checks.OneOf("quantity", kind.quantity.has_value(), "serials",
               !kind.serials.empty());
  checks.OptionalQuantity("quantity", kind.quantity);
  CheckSerials(checks, kind.serials);
}

}  // namespace

void CheckSerials(ShapeChecks& checks, std::span<const SerialRange> serials) {
  if (!checks.Size("serials", serials.size(), 0, kSerialRangesMax)) return;
  for (size_t i = 0; i < serials.size(); ++i) {
    const auto range = checks.In("serials", static_cast<int>(i));
    checks.Id("block", serials[i].block);
    if (serials[i].from < 1) {
      checks.Wrong("from", fmt::format("{}", serials[i].from), "1 or above");
    }
    if (serials[i].to < serials[i].from) {
      checks.Wrong("to", fmt::format("{}", serials[i].to),
                   "at or above its `from`");
    }
  }
}

void CheckKind(ShapeChecks& checks, const IssueCredits& issue) {
  checks.Id("site", issue.site);
  checks.Id("product", issue.product);
  checks.Id("scheme", issue.scheme);
  checks.Quantity("quantity", issue.quantity);
  checks.Span("vintage", issue.vintage);
  checks.Id("block", issue.block);
  checks.OptionalName("evidence", issue.evidence);
  checks.OptionalId("lot", issue.lot);
}

void CheckKind(ShapeChecks& checks, const TransferCredits& transfer) {
  checks.Id("from_party", transfer.from_party);
  checks.Id("to_party", transfer.to_party);
  checks.Id("scheme", transfer.scheme);
  checks.Id("product", transfer.product);
  CheckQuantityOrSerials(checks, transfer);
  checks.OptionalId("with_shipment", transfer.with_shipment);
}

void CheckKind(ShapeChecks& checks, const RedeemCredits& redeem) {
  checks.Id("holder", redeem.holder);
  checks.Id("scheme", redeem.scheme);
  checks.Id("product", redeem.product);
  CheckQuantityOrSerials(checks, redeem);
  checks.Name("beneficiary", redeem.beneficiary);
  checks.Span("claim_period", redeem.claim_period);
  checks.Term("purpose", redeem.purpose, Purpose::kMemberUse);
  checks.OptionalName("audit_reference", redeem.audit_reference);
}

void CheckKind(ShapeChecks& checks, const WithdrawCredits& withdraw) {
  checks.OneOf("block", !withdraw.block.empty(), "serials",
               !withdraw.serials.empty());
  checks.OptionalId("block", withdraw.block);
  CheckSerials(checks, withdraw.serials);
  checks.OptionalText("reason", withdraw.reason);
}

void CheckKind(ShapeChecks& checks, const UnbundleCredits& unbundle) {
  checks.Id("block", unbundle.block);
}

void CheckKind(ShapeChecks& checks, const DeclareClaims& declare) {
  checks.Id("party", declare.party);
  checks.Id("scheme", declare.scheme);
  checks.Id("product", declare.product);
  checks.Quantity("quantity", declare.quantity);
  checks.Span("claim_period", declare.claim_period);
}

}  // namespace tally
