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
  Encode(outcome, "the id", &out);

  EXPECT_EQ(out.id(), "the id");
  EXPECT_TRUE(out.replayed());
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

TEST(EncodeOutcomeTest, SaysWhyAnEventIsRefused) {
  Outcome outcome;
  outcome.code = Code::kInsufficient;
  outcome.refusal = std::make_unique<tally::Refusal>(
      Refuse(Code::kInsufficient, "asked 41, available 40"));
  outcome.refusal->citation = "SCCS 2020 E.2.1";
  outcome.refusal->figures = {{"available", "40", "TNE"}};
  outcome.refusal->violations = {{"ship.lines[0].quantity", "x", "a decimal"}};

  v1::Outcome out;
  Encode(outcome, "the id", &out);

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
