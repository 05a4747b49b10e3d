#include "services/wire/encode_outcome.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "services/wire/times.h"
#include "services/wire/views.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::wire {
namespace {

namespace v1 = tallystick::v1;

// The answer to an event that was sent with this id, as a client reads it.
v1::Outcome Answer(const Outcome& outcome, const v1::Event& event) {
  const std::string sent = event.SerializeAsString();
  Arena arena;
  std::string bytes;
  AppendOutcome(v1::PostEventsResponse::kOutcomesFieldNumber, outcome,
                *ReadView<view::Event>(sent, &arena), &bytes);
  v1::PostEventsResponse response;
  EXPECT_TRUE(response.ParseFromString(bytes));
  EXPECT_EQ(response.outcomes_size(), 1);
  // There is one way to write it.
  EXPECT_EQ(response.SerializeAsString(), bytes);
  return response.outcomes(0);
}

v1::Event WithId(std::string id) {
  v1::Event event;
  event.set_id(std::move(id));
  return event;
}

TEST(EncodeOutcomeTest, SaysWhereAnAcceptedEventIs) {
  Outcome outcome;
  outcome.position = 0;
  outcome.recorded_at = Instant(Date(2));
  outcome.repeated = true;
  outcome.decision.warnings = {tally::Warning::kOverdrawn};
  outcome.decision.serials = {{.block = "B1", .from = 3, .to = 9}};

  const v1::Outcome out = Answer(outcome, WithId("the id"));

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

TEST(EncodeOutcomeTest, SaysOfMostEventsOnlyWhereAndWhen) {
  for (const int64_t position :
       {int64_t{-1}, int64_t{0}, int64_t{1}, int64_t{INT64_MAX}}) {
    for (const int64_t micros : {int64_t{-1}, int64_t{0}, int64_t{999'999},
                                 int64_t{1'740'787'200'000'001}}) {
      Outcome outcome;
      outcome.position = position;
      outcome.recorded_at = Instant(micros);
      const v1::Outcome out = Answer(outcome, WithId("the id"));
      EXPECT_EQ(out.id(), "the id");
      EXPECT_FALSE(out.replayed());
      EXPECT_EQ(out.accepted().position(), position);
      EXPECT_EQ(ReadTime(out.accepted().recorded_at()), Instant(micros));
    }
  }
}

TEST(EncodeOutcomeTest, NamesTheRedemptionByItsEvent) {
  Outcome outcome;
  outcome.position = 1;
  v1::Event event = WithId("ABCDEF00-0000-8000-8000-00000000000A");
  event.mutable_redeem_credits();

  const v1::Outcome out = Answer(outcome, event);

  EXPECT_EQ(out.id(), "ABCDEF00-0000-8000-8000-00000000000A");
  EXPECT_EQ(out.accepted().redemption(),
            "abcdef00-0000-8000-8000-00000000000a");
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

  const v1::Outcome out = Answer(outcome, WithId("id"));

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

  const v1::Outcome out = Answer(outcome, WithId("the id"));

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
