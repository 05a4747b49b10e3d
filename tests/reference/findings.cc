#include "tests/reference/findings.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace tally::reference {

namespace {

// The documented order, group by group: a range of rules by number, codes
// without a rule where their group names them.
constexpr std::string_view kOrder[] = {
    // Malformed.
    "INVALID_ARGUMENT",
    "INVALID_QUANTITY",
    // References to nothing.
    "UNKNOWN_SCHEME",
    "UNKNOWN_PRODUCT",
    "UNKNOWN_PARTY",
    "UNKNOWN_SITE",
    "UNKNOWN_CERTIFICATE",
    "UNKNOWN_LOT",
    "UNKNOWN_SHIPMENT",
    "UNKNOWN_BLOCK",
    "UNKNOWN_EVENT",
    "UNKNOWN_MODEL",
    "UNKNOWN_PROCESS",
    // Ids that are taken.
    "ID_REUSED",
    "ALREADY_EXISTS",
    // Not allowed.
    "ROLE",
    "NOT_AUTHORIZED",
    // Certificate.
    "CERT_INVALID",
    "CERT_SUSPENDED",
    "OUT_OF_SCOPE",
    "DOC_INCOMPLETE",
    // Void and hold.
    "UPSTREAM_VOID",
    "HELD",
    // Time.
    "PERIOD_TOO_LONG",
    "PERIOD_GAP",
    "TIME_ORDER",
    "NOT_CONFIRMED",
    "LATE_ENTRY",
    "FUTURE_CLAIM",
    "NO_PERIOD",
    "PERIOD_CLOSED",
    "SHIPMENT_STATE",
    "ALREADY_VOID",
    // Model.
    "MODEL_UPGRADE",
    "IP_MIX",
    "SG_TAINT",
    "CLAIM_LOST",
    "TAINTED",
    "GHG_AVERAGE",
    "GROUP_MISMATCH",
    "CLAIM_TEXT",
    "SOURCE_STATUS",
    "LEVEL",
    "NOT_RECOGNISED",
    // Conversion.
    "JOINT_RATIO",
    "CF_OUT_OF_RANGE",
    "FUEL_SHARE",
    "LOT_MASS",
    // Serials.
    "SERIAL",
    "EXPIRED",
    "RETIRED",
    // Caps and single use.
    "DOUBLE_ISSUE",
    "DOUBLE_SCHEME",
    "DOUBLE_ATTRIBUTE",
    "CLAIM_FORFEIT",
    "CAP_EXCEEDED",
    "ISSUE_WINDOW",
    "VINTAGE_CAP",
    "ATTACH_RATIO",
    "ORDER",
    "UNCOVERED_CLAIM",
    "AUDIT_DUE",
    "SHIPMENT_QUANTITY",
    // Balance.
    "WRONG_ACCOUNT",
    "INSUFFICIENT",
    "DEFICIT_AT_CLOSE",
    "OVERDRAW_LIMIT",
    "DELIVER_SHORT",
    "CREDIT_EXPIRED",
    "CARRY_CAP",
    "CERT_GAP",
    "OVER_INPUT_PCT",
    "BELOW_THRESHOLD",
    "DOC_EXHAUSTED",
    "ORIGIN_MISMATCH",
    "STOCK_VARIANCE",
    "MUST_REDEEM",
    "OVERFLOW",
};

std::ptrdiff_t Rank(std::string_view code) {
  const auto* const found =
      std::find(std::begin(kOrder), std::end(kOrder), code);
  if (found == std::end(kOrder)) {
    std::fprintf(stderr, "no such refusal: %.*s\n",
                 static_cast<int>(code.size()), code.data());
    std::abort();
  }
  return found - std::begin(kOrder);
}

}  // namespace

void Findings::Add(std::string_view code, std::string detail) {
  Rank(code);
  findings_.push_back({std::string(code), std::move(detail)});
}

const Finding& Findings::First() const {
  return *std::min_element(findings_.begin(), findings_.end(),
                           [](const Finding& a, const Finding& b) {
                             return Rank(a.code) < Rank(b.code);
                           });
}

}  // namespace tally::reference
