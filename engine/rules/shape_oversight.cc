#include <string_view>

#include "engine/rules/shape_kinds.h"

namespace tally {
namespace {

void CheckAccount(ShapeChecks& checks, const PeriodAccount& account) {
  const auto part = checks.In("account");
  checks.OneOf("site", !account.site.empty(), "scope", !account.scope.empty());
  checks.OneOf("product", !account.product.empty(), "group",
               !account.group.empty());
  checks.OptionalId("site", account.site);
  checks.OptionalId("scope", account.scope);
  checks.OptionalId("product", account.product);
  checks.OptionalId("group", account.group);
  checks.Id("scheme", account.scheme);
}

// A hold and its release name one thing in the same words.
template <typename Kind>
void CheckTarget(ShapeChecks& checks, const Kind& kind) {
  const bool stock = !kind.site.empty() || !kind.product.empty();
  const int named =
      !kind.lot.empty() + !kind.shipment.empty() + !kind.block.empty() + stock;
  if (named != 1) {
    checks.Wrong(
        "", named == 0 ? "" : "several",
        "exactly one of `lot`, `shipment`, `block`, or `site` and `product`");
  }
  checks.OptionalId("lot", kind.lot);
  checks.OptionalId("shipment", kind.shipment);
  checks.OptionalId("block", kind.block);
  if (stock) {
    checks.Id("site", kind.site);
    checks.Id("product", kind.product);
  }
  checks.Text("reason", kind.reason);
}

}  // namespace

void CheckKind(ShapeChecks& checks, const OpenPeriod& open) {
  CheckAccount(checks, open.account);
  checks.Days(open.from, open.to);
}

void CheckKind(ShapeChecks& checks, const ClosePeriod& close) {
  CheckAccount(checks, close.account);
  checks.Days(close.from, close.to);
  checks.OptionalText("overdraw_reason", close.overdraw_reason);
}

void CheckKind(ShapeChecks& checks, const TransferEntitlement& transfer) {
  checks.Id("from_site", transfer.from_site);
  checks.Id("to_site", transfer.to_site);
  checks.Id("product", transfer.product);
  checks.OptionalId("to_product", transfer.to_product);
  checks.Id("scheme", transfer.scheme);
  checks.Quantity("quantity", transfer.quantity);
}

void CheckKind(ShapeChecks& checks, const Hold& hold) {
  CheckTarget(checks, hold);
}

void CheckKind(ShapeChecks& checks, const Release& release) {
  CheckTarget(checks, release);
}

void CheckKind(ShapeChecks& checks, const Void& annul) {
  checks.Uuid("event", annul.event);
  checks.Text("reason", annul.reason);
}

void CheckKind(ShapeChecks& checks, const SetSourceStatus& set) {
  checks.Id("source", set.source);
  checks.Term("status", set.status, SourceStatus::kRed);
  if (set.to) {
    checks.Days(set.from, *set.to);
  } else {
    checks.Day("from", set.from);
  }
}

void CheckKind(ShapeChecks& checks, const Lapse&) {
  checks.Wrong("", "", "a kind that is posted: the ledger writes it itself");
}

}  // namespace tally
