#include "engine/model/refusal.h"

#include <array>
#include <utility>

#include "engine/base/check.h"

namespace tally {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
  std::string_view rule;
};

// In the documented order (docs/rules.md): when several rules refuse, the
// first of these answers. Inside a group rules go by the order written there.
constexpr CodeRow kOrder[] = {
    {Code::kAccepted, "ACCEPTED", ""},
    // Malformed.
    {Code::kInvalidArgument, "INVALID_ARGUMENT", ""},
    {Code::kInvalidQuantity, "INVALID_QUANTITY", ""},
    // Unknown references.
    {Code::kUnknownScheme, "UNKNOWN_SCHEME", ""},
    {Code::kUnknownProduct, "UNKNOWN_PRODUCT", ""},
    {Code::kUnknownParty, "UNKNOWN_PARTY", ""},
    {Code::kUnknownSite, "UNKNOWN_SITE", ""},
    {Code::kUnknownCertificate, "UNKNOWN_CERTIFICATE", ""},
    {Code::kUnknownLot, "UNKNOWN_LOT", ""},
    {Code::kUnknownShipment, "UNKNOWN_SHIPMENT", ""},
    {Code::kUnknownBlock, "UNKNOWN_BLOCK", ""},
    {Code::kUnknownEvent, "UNKNOWN_EVENT", ""},
    {Code::kUnknownModel, "UNKNOWN_MODEL", ""},
    {Code::kUnknownProcess, "UNKNOWN_PROCESS", ""},
    // Already taken.
    {Code::kIdReused, "ID_REUSED", ""},
    {Code::kAlreadyExists, "ALREADY_EXISTS", ""},
    // Not allowed.
    {Code::kRole, "ROLE", "R32"},
    {Code::kNotAuthorized, "NOT_AUTHORIZED", ""},
    // Certificate.
    {Code::kCertInvalid, "CERT_INVALID", "R29"},
    {Code::kCertSuspended, "CERT_SUSPENDED", "R30"},
    {Code::kOutOfScope, "OUT_OF_SCOPE", "R31"},
    {Code::kDocIncomplete, "DOC_INCOMPLETE", "R33"},
    // Void and held.
    {Code::kUpstreamVoid, "UPSTREAM_VOID", "R52"},
    {Code::kHeld, "HELD", ""},
    // Time.
    {Code::kPeriodTooLong, "PERIOD_TOO_LONG", "R03"},
    {Code::kPeriodGap, "PERIOD_GAP", "R04"},
    {Code::kTimeOrder, "TIME_ORDER", "R34"},
    {Code::kNotConfirmed, "NOT_CONFIRMED", "R36"},
    {Code::kLateEntry, "LATE_ENTRY", "R37"},
    {Code::kFutureClaim, "FUTURE_CLAIM", "R49"},
    {Code::kNoPeriod, "NO_PERIOD", ""},
    {Code::kPeriodClosed, "PERIOD_CLOSED", ""},
    {Code::kShipmentState, "SHIPMENT_STATE", ""},
    {Code::kAlreadyVoid, "ALREADY_VOID", ""},
    // Model.
    {Code::kModelUpgrade, "MODEL_UPGRADE", "R19"},
    {Code::kIpMix, "IP_MIX", "R20"},
    {Code::kSgTaint, "SG_TAINT", "R21"},
    {Code::kClaimLost, "CLAIM_LOST", "R22"},
    {Code::kTainted, "TAINTED", "R23"},
    {Code::kGhgAverage, "GHG_AVERAGE", "R38"},
    {Code::kGroupMismatch, "GROUP_MISMATCH", "R39"},
    {Code::kClaimText, "CLAIM_TEXT", "R51"},
    {Code::kSourceStatus, "SOURCE_STATUS", "R54"},
    {Code::kLevel, "LEVEL", "R55"},
    {Code::kNotRecognised, "NOT_RECOGNISED", ""},
    // Conversion.
    {Code::kJointRatio, "JOINT_RATIO", "R17"},
    {Code::kCfOutOfRange, "CF_OUT_OF_RANGE", "R16"},
    {Code::kFuelShare, "FUEL_SHARE", "R18"},
    {Code::kLotMass, "LOT_MASS", "R53"},
    // Serials.
    {Code::kSerial, "SERIAL", "R42"},
    {Code::kExpired, "EXPIRED", "R44"},
    {Code::kRetired, "RETIRED", "R48"},
    // Caps and single use.
    {Code::kDoubleIssue, "DOUBLE_ISSUE", "R24"},
    {Code::kDoubleScheme, "DOUBLE_SCHEME", "R25"},
    {Code::kDoubleAttribute, "DOUBLE_ATTRIBUTE", "R26"},
    {Code::kClaimForfeit, "CLAIM_FORFEIT", "R27"},
    {Code::kCapExceeded, "CAP_EXCEEDED", "R28"},
    {Code::kIssueWindow, "ISSUE_WINDOW", "R43"},
    {Code::kVintageCap, "VINTAGE_CAP", "R45"},
    {Code::kAttachRatio, "ATTACH_RATIO", "R46"},
    {Code::kOrder, "ORDER", "R47"},
    {Code::kUncoveredClaim, "UNCOVERED_CLAIM", "R50"},
    {Code::kAuditDue, "AUDIT_DUE", "R59"},
    {Code::kShipmentQuantity, "SHIPMENT_QUANTITY", ""},
    // Balance.
    {Code::kWrongAccount, "WRONG_ACCOUNT", "R01"},
    {Code::kInsufficient, "INSUFFICIENT", "R02"},
    {Code::kDeficitAtClose, "DEFICIT_AT_CLOSE", "R06"},
    {Code::kOverdrawLimit, "OVERDRAW_LIMIT", "R07"},
    {Code::kDeliverShort, "DELIVER_SHORT", "R08"},
    {Code::kCreditExpired, "CREDIT_EXPIRED", "R09"},
    {Code::kCarryCap, "CARRY_CAP", "R10"},
    {Code::kCertGap, "CERT_GAP", "R11"},
    {Code::kOverInputPct, "OVER_INPUT_PCT", "R12"},
    {Code::kBelowThreshold, "BELOW_THRESHOLD", "R14"},
    {Code::kDocExhausted, "DOC_EXHAUSTED", "R35"},
    {Code::kOriginMismatch, "ORIGIN_MISMATCH", "R40"},
    {Code::kStockVariance, "STOCK_VARIANCE", "R41"},
    {Code::kMustRedeem, "MUST_REDEEM", "R56"},
    {Code::kOverflow, "OVERFLOW", ""},
    // The rest of an all-or-none request.
    {Code::kBatchRefused, "BATCH_REFUSED", ""},
};
static_assert(std::size(kOrder) == kCodeCount);

// The position of each code in kOrder, by its number.
constexpr std::array<int, kCodeCount> kPrecedence = [] {
  std::array<int, kCodeCount> place{};
  place.fill(-1);
  for (int i = 0; i < kCodeCount; ++i) {
    place[static_cast<int>(kOrder[i].code)] = i;
  }
  return place;
}();

// Each code stands in the order exactly once: as many rows as codes, and no
// code without a place.
constexpr bool EveryCodeHasItsPlace() {
  for (const int place : kPrecedence) {
    if (place < 0) return false;
  }
  return true;
}
static_assert(EveryCodeHasItsPlace());

const CodeRow& RowOf(Code code) {
  const int number = static_cast<int>(code);
  TALLY_CHECK(number < kCodeCount);
  return kOrder[kPrecedence[number]];
}

}  // namespace

std::string_view CodeName(Code code) { return RowOf(code).name; }

std::string_view CodeRule(Code code) { return RowOf(code).rule; }

int Precedence(Code code) {
  const int number = static_cast<int>(code);
  TALLY_CHECK(number < kCodeCount);
  return kPrecedence[number];
}

std::string_view WarningName(Warning warning) {
  switch (warning) {
    case Warning::kUnspecified:
      return "";
    case Warning::kShortInPeriod:
      return "SHORT_IN_PERIOD";
    case Warning::kOverdrawn:
      return "OVERDRAWN";
    case Warning::kCarryCap:
      return "CARRY_CAP";
    case Warning::kDeficitAtClose:
      return "DEFICIT_AT_CLOSE";
    case Warning::kUncoveredClaim:
      return "UNCOVERED_CLAIM";
    case Warning::kExpiring:
      return "EXPIRING";
  }
  TALLY_CHECK(false);
}

Refusal Refuse(Code code, std::string message) {
  Refusal refusal;
  refusal.code = code;
  refusal.rule = CodeRule(code);
  refusal.message = std::move(message);
  return refusal;
}

}  // namespace tally
