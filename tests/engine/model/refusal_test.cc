#include "engine/model/refusal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tally {
namespace {

std::vector<Code> CodesInOrder() {
  std::vector<Code> codes;
  for (int number = 0; number < kCodeCount; ++number) {
    codes.push_back(static_cast<Code>(number));
  }
  std::ranges::sort(codes, {}, Precedence);
  return codes;
}

// The documented order, as it is written: rules by their number, the other
// codes by their name.
constexpr std::string_view kDocumentedOrder[] = {
    "ACCEPTED",
    // Malformed.
    "INVALID_ARGUMENT", "INVALID_QUANTITY",
    // Unknown.
    "UNKNOWN_SCHEME", "UNKNOWN_PRODUCT", "UNKNOWN_PARTY", "UNKNOWN_SITE",
    "UNKNOWN_CERTIFICATE", "UNKNOWN_LOT", "UNKNOWN_SHIPMENT", "UNKNOWN_BLOCK",
    "UNKNOWN_EVENT", "UNKNOWN_MODEL", "UNKNOWN_PROCESS",
    // Taken.
    "ID_REUSED", "ALREADY_EXISTS",
    // Not allowed.
    "R32", "NOT_AUTHORIZED",
    // Certificate.
    "R29", "R30", "R31", "R33",
    // Void, held.
    "R52", "HELD",
    // Time.
    "R03", "R04", "R34", "R36", "R37", "R49", "NO_PERIOD", "PERIOD_CLOSED",
    "SHIPMENT_STATE", "ALREADY_VOID",
    // Model.
    "R19", "R20", "R21", "R22", "R23", "R38", "R39", "R51", "R54", "R55",
    "NOT_RECOGNISED",
    // Conversion.
    "R17", "R16", "R18", "R53",
    // Serials.
    "R42", "R44", "R48",
    // Caps and single use.
    "R24", "R25", "R26", "R27", "R28", "R43", "R45", "R46", "R47", "R50", "R59",
    "SHIPMENT_QUANTITY",
    // Balance. R05 is a warning, R13 answers as R02, R15 refuses nothing.
    "R01", "R02", "R06", "R07", "R08", "R09", "R10", "R11", "R12", "R14", "R35",
    "R40", "R41", "R56", "OVERFLOW",
    // The rest of a request.
    "BATCH_REFUSED"};

TEST(PrecedenceTest, IsTheDocumentedOrder) {
  std::vector<std::string_view> order;
  for (const Code code : CodesInOrder()) {
    order.push_back(CodeRule(code).empty() ? CodeName(code) : CodeRule(code));
  }
  EXPECT_EQ(order, std::vector<std::string_view>(std::begin(kDocumentedOrder),
                                                 std::end(kDocumentedOrder)));
}

TEST(PrecedenceTest, GivesEachCodeAPlaceOfItsOwn) {
  std::set<int> places;
  for (int number = 0; number < kCodeCount; ++number) {
    places.insert(Precedence(static_cast<Code>(number)));
  }
  EXPECT_EQ(places.size(), kCodeCount);
  EXPECT_EQ(*places.begin(), 0);
  EXPECT_EQ(*places.rbegin(), kCodeCount - 1);
}

// The numbers are stored and sent: this list only grows, at its end.
constexpr std::string_view kFrozenNumbers[] = {"ACCEPTED",
                                               "INVALID_ARGUMENT",
                                               "INVALID_QUANTITY",
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
                                               "ID_REUSED",
                                               "ALREADY_EXISTS",
                                               "ROLE",
                                               "NOT_AUTHORIZED",
                                               "CERT_INVALID",
                                               "CERT_SUSPENDED",
                                               "OUT_OF_SCOPE",
                                               "DOC_INCOMPLETE",
                                               "UPSTREAM_VOID",
                                               "HELD",
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
                                               "JOINT_RATIO",
                                               "CF_OUT_OF_RANGE",
                                               "FUEL_SHARE",
                                               "LOT_MASS",
                                               "SERIAL",
                                               "EXPIRED",
                                               "RETIRED",
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
                                               "BATCH_REFUSED"};

TEST(CodeTest, NumbersAreFrozen) {
  ASSERT_EQ(std::size(kFrozenNumbers), kCodeCount);
  for (int number = 0; number < kCodeCount; ++number) {
    EXPECT_EQ(CodeName(static_cast<Code>(number)), kFrozenNumbers[number]);
  }
}

// Each rule of the catalogue that refuses something, with its code.
TEST(CodeTest, BelongToTheirRules) {
  EXPECT_EQ(CodeRule(Code::kInsufficient), "R02");
  EXPECT_EQ(CodeRule(Code::kModelUpgrade), "R19");
  EXPECT_EQ(CodeRule(Code::kDoubleIssue), "R24");
  EXPECT_EQ(CodeRule(Code::kCapExceeded), "R28");
  EXPECT_EQ(CodeRule(Code::kRole), "R32");
  EXPECT_EQ(CodeRule(Code::kCfOutOfRange), "R16");
  EXPECT_EQ(CodeRule(Code::kJointRatio), "R17");
  EXPECT_EQ(CodeRule(Code::kSerial), "R42");
  EXPECT_EQ(CodeRule(Code::kExpired), "R44");
  EXPECT_EQ(CodeRule(Code::kRetired), "R48");
  EXPECT_EQ(CodeRule(Code::kLotMass), "R53");
  EXPECT_EQ(CodeRule(Code::kHeld), "");
  EXPECT_EQ(CodeRule(Code::kOverflow), "");
}

TEST(RefuseTest, NamesTheRule) {
  const Refusal refusal = Refuse(Code::kInsufficient, "Asked 41, available 40");
  EXPECT_EQ(refusal.code, Code::kInsufficient);
  EXPECT_EQ(refusal.rule, "R02");
  EXPECT_EQ(refusal.message, "Asked 41, available 40");
  EXPECT_EQ(refusal.citation, "");
  EXPECT_EQ(Refuse(Code::kHeld, "").rule, "");
}

TEST(WarningTest, NumbersAreFrozen) {
  constexpr std::string_view kNames[] = {
      "",          "SHORT_IN_PERIOD",  "OVERDRAWN",
      "CARRY_CAP", "DEFICIT_AT_CLOSE", "UNCOVERED_CLAIM",
      "EXPIRING"};
  for (size_t number = 0; number < std::size(kNames); ++number) {
    EXPECT_EQ(WarningName(static_cast<Warning>(number)), kNames[number]);
  }
}

TEST(CodeDeathTest, ChecksNumbers) {
  EXPECT_DEATH(CodeName(static_cast<Code>(kCodeCount)), "check failed");
  EXPECT_DEATH(Precedence(static_cast<Code>(kCodeCount)), "check failed");
}

}  // namespace
}  // namespace tally
