#include "services/wire/encode_outcome.h"

#include <memory>

#include "gtest/gtest.h"

namespace tally::wire {
namespace {

namespace v1 = tallystick::v1;

TEST(EncodeOutcomeTest, SaysWhereAnAcceptedEventIs) {
  Outcome outcome;
  outcome.position = 0;
  outcome.recorded_at = Instant(Date(2));
  outcome.repeated = true;
  outcome.decision.warnings = {tally::Warning::kOverdrawn};
  outcome.decision.serials = {{.block = "B1", .from = 3, .to = 9}};

  v1::Outcome out;
  Encode(outcome, Event(), "the id", &out);

  EXPECT_EQ(out.id(), "the id");
  EXPECT_TRUE(out.replayed());
  EXPECT_EQ(out.accepted().redemption(), "");
  EXPECT_FALSE(out.has_refusal());
  EXPECT_EQ(out.accepted().position(), 0);
  EXPECT_EQ(out.accepted().recorded_at().seconds(), 172'800);
  ASSERT_EQ(out.accepted().warnings_size(), 1);
  EXPECT_EQ(out.accepted().warnings(0).code(), v1::WARNING_CODE_OVERDRAWN);
  EXPECT_NE(out.accepted().warnings(0).message(), "");
  ASSERT_EQ(out.accepted().serials_size(), 1);
  EXPECT_EQ(out.accepted().serials(0).block(), "B1");
  EXPECT_EQ(out.accepted().serials(0).from(), 3);
  EXPECT_EQ(out.accepted().serials(0).to(), 9);
}

TEST(EncodeOutcomeTest, NamesTheRedemptionByItsEvent) {
  Outcome outcome;
  outcome.position = 1;
  const RedeemCredits redeem;
  Event event;
  event.id = UuidOfName("redeem");
  event.body = &redeem;

  v1::Outcome out;
  Encode(outcome, event, "AS SENT", &out);

  EXPECT_EQ(out.accepted().redemption(), UuidOfName("redeem").ToString());
}

TEST(EncodeOutcomeTest, ShowsTheBalancesThatChanged) {
  Outcome outcome;
  outcome.position = 0;
  outcome.balances = {
      {.account = {.term = AccountTerm::kHolding,
                   .party = "mill-co",
                   .site = "mill",
                   .scope = "",
                   .product = "cpo",
                   .group = "",
                   .claims = {{"iscc-plus", Model::kSegregated},
                              {"rspo-2020", Model::kIdentityPreserved}},
                   .lot = "L1",
                   .block = "",
                   .origin_country = ""},
       .delta = {.quantity = Quantity(-1'250), .decimals = 2, .unit = "TNE"},
       .balance = {.quantity = Quantity(0), .decimals = 2, .unit = "TNE"}},
      {.account = {.term = AccountTerm::kEntitlement,
                   .party = "",
                   .site = "",
                   .scope = "group-a",
                   .product = "",
                   .group = "oils",
                   .claims = {},
                   .lot = "",
                   .block = "B1",
                   .origin_country = "BR"},
       .delta = {},
       .balance = {}}};

  v1::Outcome out;
  Encode(outcome, Event(), "id", &out);

  ASSERT_EQ(out.accepted().balances_size(), 2);
  const v1::BalanceChange& holding = out.accepted().balances(0);
  EXPECT_EQ(holding.delta(), "-12.50");
  EXPECT_EQ(holding.balance(), "0.00");
  EXPECT_EQ(holding.unit(), "TNE");
  EXPECT_EQ(holding.account().kind(), v1::ACCOUNT_KIND_HOLDING);
  EXPECT_EQ(holding.account().party(), "mill-co");
  EXPECT_EQ(holding.account().site(), "mill");
  EXPECT_EQ(holding.account().product(), "cpo");
  EXPECT_EQ(holding.account().lot(), "L1");
  ASSERT_EQ(holding.account().claims_size(), 2);
  EXPECT_EQ(holding.account().claims(1).scheme(), "rspo-2020");
  EXPECT_EQ(holding.account().claims(1).model(), v1::MODEL_IDENTITY_PRESERVED);
  const v1::Account& entitlement = out.accepted().balances(1).account();
  EXPECT_EQ(entitlement.kind(), v1::ACCOUNT_KIND_ENTITLEMENT);
  EXPECT_EQ(entitlement.scope(), "group-a");
  EXPECT_EQ(entitlement.group(), "oils");
  EXPECT_EQ(entitlement.block(), "B1");
  EXPECT_EQ(entitlement.origin_country(), "BR");
}

TEST(EncodeOutcomeTest, SaysWhyAnEventIsRefused) {
  Outcome outcome;
  outcome.code = Code::kInsufficient;
  outcome.refusal = std::make_unique<tally::Refusal>(
      Refuse(Code::kInsufficient, "asked 41, available 40"));
  outcome.refusal->citation = "SCCS 2020 E.2.1";
  outcome.refusal->figures = {{"available", "40", "TNE"}};
  outcome.refusal->violations = {{"ship.lines[0].quantity", "x", "a decimal"}};

  v1::Outcome out;
  Encode(outcome, Event(), "the id", &out);

  const v1::Refusal& refusal = out.refusal();
  EXPECT_EQ(refusal.code(), v1::REFUSAL_CODE_INSUFFICIENT);
  EXPECT_EQ(refusal.rule(), "R02");
  EXPECT_EQ(refusal.citation(), "SCCS 2020 E.2.1");
  EXPECT_EQ(refusal.message(), "asked 41, available 40");
  ASSERT_EQ(refusal.figures_size(), 1);
  EXPECT_EQ(refusal.figures(0).key(), "available");
  EXPECT_EQ(refusal.figures(0).value(), "40");
  EXPECT_EQ(refusal.figures(0).unit(), "TNE");
  ASSERT_EQ(refusal.field_violations_size(), 1);
  EXPECT_EQ(refusal.field_violations(0).field(), "ship.lines[0].quantity");
  EXPECT_EQ(refusal.field_violations(0).value(), "x");
  EXPECT_EQ(refusal.field_violations(0).limit(), "a decimal");
}

}  // namespace
}  // namespace tally::wire
