#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "engine/rules/entitlements.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr std::string_view kShort =
    R"({"scheme": "short", "models": {"MASS_BALANCE": {
        "accounting": "FIXED_PERIOD", "allow_short_within_period": true}},
        "certificate": {"required": false}})";
constexpr std::string_view kOverdraw =
    R"({"scheme": "over", "models": {"MASS_BALANCE": {
        "accounting": "FIXED_PERIOD", "overdraw_pct": "20"}},
        "certificate": {"required": false}})";
constexpr std::string_view kMonths =
    R"({"scheme": "months", "models": {"MASS_BALANCE": {
        "carry_over": {"kind": "MONTHS", "count": 1}}},
        "certificate": {"required": false}})";
constexpr std::string_view kPlain =
    R"({"scheme": "plain", "models": {"MASS_BALANCE": {}},
        "certificate": {"required": false}})";

class PeriodsRulesTest : public RulesFixture {
 protected:
  void SetUp() override {
    for (const std::string_view profile :
         {kShort, kOverdraw, kMonths, kPlain}) {
      AddScheme(profile);
    }
    AddParty("trader", {Role::kOperator});
    AddSite("depot", "trader");
    AddProduct("oil", 0);
  }

  static PeriodAccount Account(std::string_view scheme) {
    return {.site = "depot", .product = "oil", .scheme = scheme};
  }
  Code Open(std::string_view scheme, std::string_view from,
            std::string_view to) {
    return Post(from, OpenPeriod{.account = Account(scheme),
                                 .from = Day(from),
                                 .to = Day(to)});
  }
  Code Close(std::string_view scheme, std::string_view from,
             std::string_view to, bool with_deficit = false) {
    return Post(to, ClosePeriod{.account = Account(scheme),
                                .from = Day(from),
                                .to = Day(to),
                                .with_deficit = with_deficit});
  }
  Code Receive(std::string_view scheme, std::string_view date,
               std::string_view quantity) {
    return Post(date,
                tally::Receive{.site = "depot",
                               .product = "oil",
                               .quantity = Dec(quantity),
                               .claim = Claim(scheme, Model::kMassBalance),
                               .supplier = "plant"});
  }
  Code Consume(std::string_view scheme, std::string_view date,
               std::string_view quantity, std::string_view reason = {}) {
    return Post(date,
                tally::Consume{.site = "depot",
                               .product = "oil",
                               .quantity = Dec(quantity),
                               .claim = Claim(scheme, Model::kMassBalance),
                               .beneficiary = "us",
                               .overdraw_reason = reason});
  }
  bool Warned(Warning warning) const {
    const auto& warnings = plan().decision.warnings;
    return std::find(warnings.begin(), warnings.end(), warning) !=
           warnings.end();
  }
};

TEST_F(PeriodsRulesTest, AnEntitlementWithoutPeriodsOrEndKeepsNoMoves) {
  ASSERT_EQ(Receive("plain", "2025-01-10", "10"), Code::kAccepted);
  for (const AccountIndex index :
       state().accounts().OfScope(state().registry().sites[0].own_scope)) {
    EXPECT_EQ(state().accounts().at(index).vintages, nullptr);
  }
  EXPECT_EQ(plan().postings.size(), 2);
}

TEST_F(PeriodsRulesTest, ARefusedLengthSaysTheLastDay) {
  EXPECT_EQ(Open("short", "2025-01-01", "2025-04-01"), Code::kPeriodTooLong);
  EXPECT_THAT(refusal().message, testing::HasSubstr("2025-03-31"));
  EXPECT_EQ(Open("short", "2025-01-01", "2025-03-31"), Code::kAccepted);
  EXPECT_EQ(Open("short", "2025-04-02", "2025-06-30"), Code::kPeriodGap);
  EXPECT_THAT(refusal().message, testing::HasSubstr("2025-04-01"));
}

TEST_F(PeriodsRulesTest, AMovementLiesInAnOpenPeriod) {
  EXPECT_EQ(Receive("short", "2025-01-10", "10"), Code::kNoPeriod);
  ASSERT_EQ(Open("short", "2025-01-01", "2025-01-31"), Code::kAccepted);
  EXPECT_EQ(Receive("short", "2025-01-31", "10"), Code::kAccepted);
  EXPECT_EQ(Receive("short", "2025-02-01", "10"), Code::kNoPeriod);
  ASSERT_EQ(Close("short", "2025-01-01", "2025-01-31"), Code::kAccepted);
  EXPECT_EQ(Receive("short", "2025-01-31", "10"), Code::kPeriodClosed);
}

TEST_F(PeriodsRulesTest, ShortInsideThePeriodWarnsAndAStrictLedgerRefuses) {
  ASSERT_EQ(Open("short", "2025-01-01", "2025-01-31"), Code::kAccepted);
  strict_ = true;
  EXPECT_EQ(Consume("short", "2025-01-05", "3"), Code::kInsufficient);
  strict_ = false;
  EXPECT_EQ(Consume("short", "2025-01-05", "3"), Code::kAccepted);
  EXPECT_TRUE(Warned(Warning::kShortInPeriod));
  EXPECT_EQ(Close("short", "2025-01-01", "2025-01-31"), Code::kDeficitAtClose);
  EXPECT_EQ(FigureOf("missing"), "3");
  EXPECT_EQ(Close("short", "2025-01-01", "2025-01-31", true), Code::kAccepted);
  EXPECT_TRUE(Warned(Warning::kDeficitAtClose));
}

TEST_F(PeriodsRulesTest, AnOverdrawHasItsShareAndItsReason) {
  ASSERT_EQ(Open("over", "2025-01-01", "2025-03-31"), Code::kAccepted);
  ASSERT_EQ(Receive("over", "2025-01-05", "14"), Code::kAccepted);
  EXPECT_EQ(Consume("over", "2025-01-06", "16"), Code::kInsufficient);
  EXPECT_EQ(Consume("over", "2025-01-06", "17", "FIRE"), Code::kOverdrawLimit);
  EXPECT_EQ(Consume("over", "2025-01-06", "16", "FIRE"), Code::kAccepted);
  EXPECT_TRUE(Warned(Warning::kOverdrawn));
  EXPECT_EQ(Close("over", "2025-01-01", "2025-03-31"), Code::kAccepted);
}

TEST_F(PeriodsRulesTest, WhatEndsIsPostedAheadAndSumsToZero) {
  ASSERT_EQ(Receive("months", "2025-01-10", "10"), Code::kAccepted);
  Quantity sum;
  for (const Posting& posting : plan().postings) {
    ASSERT_TRUE(sum.Add(posting.delta));
  }
  EXPECT_TRUE(sum.IsZero());
  EXPECT_EQ(Balance("depot", "oil"), "10");
  ASSERT_EQ(Consume("months", "2025-02-10", "4"), Code::kAccepted);
  EXPECT_EQ(Balance("depot", "oil"), "6");
  EXPECT_EQ(Consume("months", "2025-02-11", "6"), Code::kCreditExpired);
  EXPECT_EQ(Consume("months", "2025-02-11", "7"), Code::kInsufficient);
}

TEST_F(PeriodsRulesTest, ACertificateThatIsGrantedWarnsOfNothing) {
  AddParty("cb", {Role::kCertificationBody});
  ASSERT_EQ(Receive("months", "2025-01-10", "10"), Code::kAccepted);
  ASSERT_EQ(Receive("months", "2025-01-20", "1"), Code::kAccepted);
  EXPECT_TRUE(Warned(Warning::kExpiring));
  for (const std::string_view scheme : {"months", "plain"}) {
    Given("2025-01-20", GrantCertificate{.certificate = scheme,
                                         .scheme = scheme,
                                         .holder = "trader",
                                         .body = "cb",
                                         .sites = Names({"depot"}),
                                         .products = Names({"*"}),
                                         .models = List({Model::kMassBalance}),
                                         .from = Day("2024-01-01"),
                                         .to = Day("2026-12-31")});
    EXPECT_FALSE(Warned(Warning::kExpiring));
  }
}

constexpr std::string_view kPlainEnds =
    R"({"scheme": "plain", "models": {"MASS_BALANCE": {
        "carry_over": {"kind": "MONTHS", "count": 1}}},
        "effective_from": "2025-01-05", "certificate": {"required": false}})";
constexpr std::string_view kPlainLasts =
    R"({"scheme": "plain", "models": {"MASS_BALANCE": {}},
        "effective_from": "2025-02-01", "certificate": {"required": false}})";

TEST_F(PeriodsRulesTest, ALaterVersionEndsWhatWasRecordedBeforeIt) {
  ASSERT_EQ(Receive("plain", "2025-01-02", "4"), Code::kAccepted);
  ASSERT_EQ(Receive("plain", "2025-01-10", "10"), Code::kAccepted);
  ASSERT_EQ(Consume("plain", "2025-01-20", "3"), Code::kAccepted);
  const ClaimName claim = Claim("plain", Model::kMassBalance);
  const DefineScheme define{.profile = kPlainEnds};
  EXPECT_EQ(Try(NewEvent("2025-01-25", &define)), Code::kAccepted);
  EXPECT_EQ(Balance("depot", "oil", claim), "11");
  Given("2025-01-25", define);
  Quantity sum;
  for (const Posting& posting : plan().postings) {
    ASSERT_TRUE(sum.Add(posting.delta));
  }
  EXPECT_TRUE(sum.IsZero());
  // What came before the version holds lasts; the rest ends on 2025-02-10.
  EXPECT_EQ(Balance("depot", "oil", claim), "1");
  EXPECT_EQ(Balance("depot", "oil"), "10");
  EXPECT_EQ(Consume("plain", "2025-02-11", "2"), Code::kCreditExpired);
  EXPECT_EQ(Consume("plain", "2025-02-10", "2"), Code::kAccepted);
  EXPECT_EQ(Balance("depot", "oil", claim), "0");
}

TEST_F(PeriodsRulesTest, AVersionAfterThatLetsLastWhatItHoldsFor) {
  Given("2025-01-25", DefineScheme{.profile = kPlainEnds});
  ASSERT_EQ(Receive("plain", "2025-01-10", "10"), Code::kAccepted);
  ASSERT_EQ(Receive("plain", "2025-02-05", "6"), Code::kAccepted);
  const ClaimName claim = Claim("plain", Model::kMassBalance);
  EXPECT_EQ(Balance("depot", "oil", claim), "0");
  Given("2025-02-06", DefineScheme{.profile = kPlainLasts});
  EXPECT_EQ(Balance("depot", "oil", claim), "6");
  EXPECT_EQ(Consume("plain", "2025-05-01", "7"), Code::kCreditExpired);
  EXPECT_EQ(Consume("plain", "2025-05-01", "6"), Code::kAccepted);
}

}  // namespace
}  // namespace tally
