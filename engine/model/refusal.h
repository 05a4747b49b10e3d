// A refusal: the answer to an event that the rules do not allow. It is data,
// not an error: a code, the rule and its citation, and the figures a person
// needs to see why.

#ifndef TALLY_ENGINE_MODEL_REFUSAL_H_
#define TALLY_ENGINE_MODEL_REFUSAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

// Stored and sent by number; never renumber, never reuse. The documented
// order in which codes answer is Precedence(), not the number.
enum class Code : uint8_t {
  kAccepted = 0,
  kInvalidArgument = 1,
  kInvalidQuantity = 2,
  kUnknownScheme = 3,
  kUnknownProduct = 4,
  kUnknownParty = 5,
  kUnknownSite = 6,
  kUnknownCertificate = 7,
  kUnknownLot = 8,
  kUnknownShipment = 9,
  kUnknownBlock = 10,
  kUnknownEvent = 11,
  kUnknownModel = 12,
  kUnknownProcess = 13,
  kIdReused = 14,
  kAlreadyExists = 15,
  kRole = 16,
  kNotAuthorized = 17,
  kCertInvalid = 18,
  kCertSuspended = 19,
  kOutOfScope = 20,
  kDocIncomplete = 21,
  kUpstreamVoid = 22,
  kHeld = 23,
  kPeriodTooLong = 24,
  kPeriodGap = 25,
  kTimeOrder = 26,
  kNotConfirmed = 27,
  kLateEntry = 28,
  kFutureClaim = 29,
  kNoPeriod = 30,
  kPeriodClosed = 31,
  kShipmentState = 32,
  kAlreadyVoid = 33,
  kModelUpgrade = 34,
  kIpMix = 35,
  kSgTaint = 36,
  kClaimLost = 37,
  kTainted = 38,
  kGhgAverage = 39,
  kGroupMismatch = 40,
  kClaimText = 41,
  kSourceStatus = 42,
  kLevel = 43,
  kNotRecognised = 44,
  kJointRatio = 45,
  kCfOutOfRange = 46,
  kFuelShare = 47,
  kLotMass = 48,
  kSerial = 49,
  kExpired = 50,
  kRetired = 51,
  kDoubleIssue = 52,
  kDoubleScheme = 53,
  kDoubleAttribute = 54,
  kClaimForfeit = 55,
  kCapExceeded = 56,
  kIssueWindow = 57,
  kVintageCap = 58,
  kAttachRatio = 59,
  kOrder = 60,
  kUncoveredClaim = 61,
  kAuditDue = 62,
  kShipmentQuantity = 63,
  kWrongAccount = 64,
  kInsufficient = 65,
  kDeficitAtClose = 66,
  kOverdrawLimit = 67,
  kDeliverShort = 68,
  kCreditExpired = 69,
  kCarryCap = 70,
  kCertGap = 71,
  kOverInputPct = 72,
  kBelowThreshold = 73,
  kDocExhausted = 74,
  kOriginMismatch = 75,
  kStockVariance = 76,
  kMustRedeem = 77,
  kOverflow = 78,
  kBatchRefused = 79,
};
inline constexpr int kCodeCount = 80;

// "INSUFFICIENT"; "ACCEPTED" for zero.
std::string_view CodeName(Code code);
// "R02"; "" for a code without a rule of its own.
std::string_view CodeRule(Code code);
// The place in the documented order: of several, the smallest answers.
int Precedence(Code code);

// Warnings on accepted events. Stored and sent by number.
enum class Warning : uint8_t {
  kUnspecified = 0,
  kShortInPeriod = 1,
  kOverdrawn = 2,
  kCarryCap = 3,
  kDeficitAtClose = 4,
  kUncoveredClaim = 5,
  kExpiring = 6,
};
std::string_view WarningName(Warning warning);

// A field that could not be read or may not be so.
struct Violation {
  std::string field;  // its path: "ship.lines[0].quantity"
  std::string value;  // as given, cut to a bounded length
  std::string limit;  // what would be right: "at most 2 decimals"
};

// A figure that a rule looked at: {"available", "40.00", "TNE"}.
struct Figure {
  std::string name;
  std::string value;
  std::string unit;
};

struct Refusal {
  Code code = Code::kAccepted;
  std::string rule;      // "R02", or empty
  std::string citation;  // the scheme's clause, or empty
  std::string message;   // a sentence, with the figures
  std::vector<Figure> figures;
  std::vector<Violation> violations;
};

// A refusal with the code's own rule.
Refusal Refuse(Code code, std::string message);

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_REFUSAL_H_
