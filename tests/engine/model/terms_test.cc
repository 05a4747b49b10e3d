#include "engine/model/terms.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace tally {
namespace {

// The names of an enumeration by number, from 0 to the last.
template <typename Enum>
std::vector<std::string_view> Names(Enum last) {
  std::vector<std::string_view> names;
  for (int number = 0; number <= static_cast<int>(last); ++number) {
    names.push_back(Name(static_cast<Enum>(number)));
  }
  return names;
}

using Expected = std::vector<std::string_view>;

// All of these are stored and sent by number.
TEST(TermsTest, NumbersAreFrozen) {
  EXPECT_EQ(Names(Role::kAuditor),
            (Expected{"", "OPERATOR", "CERTIFICATION_BODY", "BRAND",
                      "SCHEME_OWNER", "REGULATOR", "REGISTRAR", "AUDITOR"}));
  EXPECT_EQ(Names(Category::kNeutral),
            (Expected{"", "REGULAR", "WASTE", "NEUTRAL"}));
  EXPECT_EQ(Names(AdjustReason::kStockCount),
            (Expected{"", "LOSS", "DAMAGE", "UNDER_PRODUCTION", "OTHER_SCHEME",
                      "CONVENTIONAL_SALE", "STOCK_COUNT"}));
  EXPECT_EQ(Names(Purpose::kMemberUse),
            (Expected{"", "VOLUNTARY", "COMPLIANCE", "MEMBER_USE"}));
  EXPECT_EQ(Names(SourceStatus::kRed),
            (Expected{"", "GREEN", "BLUE", "YELLOW", "RED"}));
  EXPECT_EQ(Names(CertificateStatus::kExpired),
            (Expected{"", "VALID", "SUSPENDED", "WITHDRAWN", "TERMINATED",
                      "EXPIRED"}));
  EXPECT_EQ(Names(ShipmentState::kLapsed),
            (Expected{"", "IN_TRANSIT", "ACCEPTED", "PARTLY_ACCEPTED",
                      "REJECTED", "RECALLED", "LAPSED"}));
}

TEST(TermsDeathTest, CheckNumbers) {
  EXPECT_DEATH(Name(static_cast<Role>(8)), "check failed");
}

// From best to worst, so that the worst of several is the largest.
TEST(TermsTest, SourceStatusIsOrdered) {
  EXPECT_LT(SourceStatus::kGreen, SourceStatus::kBlue);
  EXPECT_LT(SourceStatus::kBlue, SourceStatus::kYellow);
  EXPECT_LT(SourceStatus::kYellow, SourceStatus::kRed);
}

}  // namespace
}  // namespace tally
