// Scenarios against the ledger inside the process.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tests/tools/tally/capture.h"
#include "tests/tools/tally/chain.h"

namespace tally::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kBalance =
    R"({{"balance": {{"site": "mill", "product": "oil", "scheme": "x",
        "model": "MASS_BALANCE"{}}}, "expect": "{}"}})";

std::string Balance(const std::string& expect, const std::string& more = "") {
  return fmt::format(fmt::runtime(kBalance), more, expect);
}

std::string Post(const std::string& event, const std::string& expect,
                 const std::string& more = "") {
  return fmt::format(R"({{"post": {}, "expect": "{}"{}}})", event, expect,
                     more);
}

Printed Conform(const std::string& steps) {
  return RunTally({"conform", WriteFile("scenario.json", ScenarioWith(steps))});
}

TEST(Conform, AScenarioThatHolds) {
  const Printed printed =
      Conform(Post(Ship("S1", "60"), "ACCEPTED") + "," + Balance("40") + "," +
              Post(Ship("S2", "40.01"), "INSUFFICIENT") +
              R"(, {"shipment": "S1", "expect": "IN_TRANSIT"})");
  EXPECT_EQ(printed.exit, ExitCode::kDone) << printed.err;
  EXPECT_EQ(printed.out, "ok   T1   A chain\n1 scenario: 1 passed\n");
}

TEST(Conform, AWrongBalanceFailsAtItsStep) {
  const Printed printed =
      Conform(Post(Ship("S1", "60"), "ACCEPTED") + "," + Balance("41"));
  EXPECT_EQ(printed.exit, ExitCode::kRefused);
  EXPECT_THAT(printed.out, HasSubstr("FAIL T1   A chain\n"));
  EXPECT_THAT(printed.out,
              HasSubstr("step 2 (balance): expected \"41\", got \"40"));
  EXPECT_THAT(printed.out, HasSubstr("1 scenario: 0 passed, 1 failed\n"));
}

TEST(Conform, AWrongOutcomeShowsTheRefusal) {
  const Printed printed = Conform(Post(Ship("S1", "101"), "ACCEPTED"));
  EXPECT_EQ(printed.exit, ExitCode::kRefused);
  EXPECT_THAT(printed.out, HasSubstr("step 1 (post): expected ACCEPTED, got "
                                     "INSUFFICIENT: "));
}

TEST(Conform, AnAcceptedEventThatShouldBeRefusedFails) {
  const Printed printed = Conform(Post(Ship("S1", "100"), "INSUFFICIENT"));
  EXPECT_EQ(printed.exit, ExitCode::kRefused);
  EXPECT_THAT(printed.out, HasSubstr("expected INSUFFICIENT, got ACCEPTED"));
}

TEST(Conform, AWarningThatDoesNotComeFails) {
  const Printed printed = Conform(
      Post(Ship("S1", "60"), "ACCEPTED", R"(, "warnings": ["OVERDRAWN"])"));
  EXPECT_THAT(printed.out, HasSubstr("expected the warning OVERDRAWN"));
}

TEST(Conform, SerialsThatDifferFail) {
  const std::string issue =
      R"({"occurred_at": "2025-03-02", "issue_credits": {"site": "mill",
       "product": "oil", "scheme": "x", "quantity": "10", "vintage": "2025",
       "block": "B1"}})";
  EXPECT_EQ(Conform(Post(issue, "ACCEPTED",
                         R"(, "serials": [{"block": "B1", "from": 1,
                           "to": 10}])"))
                .exit,
            ExitCode::kDone);
  EXPECT_THAT(Conform(Post(issue, "ACCEPTED",
                           R"(, "serials": [{"block": "B1", "from": 1,
                             "to": 11}])"))
                  .out,
              HasSubstr("step 1 (post): expected serials"));
}

TEST(Conform, AnEventThatCannotBeReadIsAnInvalidArgument) {
  const Printed printed = Conform(
      Post(R"({"occurred_at": "2025-03-02", "ship": {"colour": "red"}})",
           "INVALID_ARGUMENT") +
      "," +
      Post(R"({"occurred_at": "2025-03-02", "ship": {"colour": "red"}})",
           "ACCEPTED"));
  EXPECT_THAT(printed.out, Not(HasSubstr("step 1 ")));
  EXPECT_THAT(printed.out, HasSubstr("step 2 (post): expected ACCEPTED, got "
                                     "INVALID_ARGUMENT: ship.colour"));
}

TEST(Conform, AtomicPostsAreAllOrNone) {
  const std::string both = Ship("S1", "60") + "," + Ship("S2", "60");
  const Printed printed = Conform(
      R"({"post_atomic": [)" + both +
      R"(], "expect": ["BATCH_REFUSED", "INSUFFICIENT"]},)" + Balance("100") +
      R"(,{"post_atomic": [)" + both + R"(], "expect": ["ACCEPTED",
        "ACCEPTED"]})");
  EXPECT_THAT(printed.out, Not(HasSubstr("step 1 ")));
  EXPECT_THAT(printed.out, Not(HasSubstr("step 2 ")));
  EXPECT_THAT(printed.out, HasSubstr("step 3 (post_atomic): expected"));
}

TEST(Conform, ConcurrentPostsCountTheirOutcomes) {
  const std::string both = Ship("S1", "60") + "," + Ship("S2", "60");
  EXPECT_EQ(Conform(R"({"post_concurrent": [)" + both +
                    R"(], "expect": {"ACCEPTED": 1, "INSUFFICIENT": 1}})")
                .exit,
            ExitCode::kDone);
  EXPECT_THAT(Conform(R"({"post_concurrent": [)" + both +
                      R"(], "expect": {"ACCEPTED": 2}})")
                  .out,
              HasSubstr("step 1 (post_concurrent): expected"));
}

TEST(Conform, ABalanceIsKnownAtANamedPosition) {
  const std::string name = R"(, "position": "before")";
  const Printed printed = Conform(
      Post(Ship("S1", "60"), "ACCEPTED", name) + "," +
      Post(Ship("S2", "10"), "ACCEPTED") + "," +
      Balance("40", R"(, "as_known_at": "before")") + "," + Balance("30"));
  EXPECT_EQ(printed.exit, ExitCode::kDone) << printed.out;
  EXPECT_THAT(Conform(Balance("1", R"(, "as_known_at": "nowhere")")).out,
              HasSubstr("a position named by a step before"));
}

TEST(Conform, LotsTracesAndFlagsAreAsked) {
  const std::string receive =
      R"({"occurred_at": "2025-03-01", "receive": {"site": "mill",
       "product": "oil", "quantity": "5", "lot": "L1",
       "claim": {"scheme": "x", "model": "SEGREGATED"}, "supplier": "farm"}})";
  const Printed printed =
      Conform(Post(receive, "ACCEPTED") +
              R"(,{"lot": "L1", "expect": {"quantity": "5", "parents": []}},
       {"lot": "L1", "expect": {"quantity": "6"}},
       {"trace": {"lot": "L1", "direction": "UPSTREAM"},
        "expect": {"sources": {"farm": "5"}, "lots": []}},
       {"flags": {"lot": "L1"}, "expect": []},
       {"flags": {"lot": "L1"}, "expect": ["TAINTED"]},
       {"lot": "L2", "expect": {"quantity": "5"}})");
  for (const int step : {1, 2, 4, 5}) {
    EXPECT_THAT(printed.out, Not(HasSubstr(fmt::format("step {} ", step))));
  }
  EXPECT_THAT(printed.out, HasSubstr("step 3 (lot): expected"));
  EXPECT_THAT(printed.out, HasSubstr("step 6 (flags): expected"));
  EXPECT_THAT(printed.out, HasSubstr("step 7 (lot): expected"));
}

TEST(Conform, ASetupThatIsRefusedEndsTheScenario) {
  const std::string text =
      R"({"scenario": "T2", "setup": [{"occurred_at": "2025-01-01",
       "register_site": {"site": "s", "party": "nobody"}}],
       "steps": [{"shipment": "S", "expect": "LAPSED"}]})";
  const Printed printed = RunTally({"conform", WriteFile("t.json", text)});
  EXPECT_EQ(printed.exit, ExitCode::kRefused);
  EXPECT_THAT(printed.out,
              HasSubstr("setup 1: expected ACCEPTED, got UNKNOWN_PARTY"));
  EXPECT_THAT(printed.out, Not(HasSubstr("step 1")));
}

TEST(Conform, WhatIsNoScenarioExitsAsUsage) {
  const Printed unknown_key = RunTally(
      {"conform", WriteFile("a.json", R"({"scenario": "T", "stepz": []})")});
  EXPECT_EQ(unknown_key.exit, ExitCode::kUsage);
  EXPECT_THAT(unknown_key.out, HasSubstr("stepz: must be one of the keys"));
  EXPECT_EQ(RunTally({"conform", "no/such/file.json"}).exit, ExitCode::kUsage);
  EXPECT_EQ(RunTally({"conform"}).exit, ExitCode::kUsage);
}

TEST(Conform, AFolderStandsForItsFilesSorted) {
  WriteFile("b.json", ScenarioWith(Balance("100")));
  const std::string path = WriteFile("a.json", ScenarioWith(Balance("1")));
  const Printed printed = RunTally(
      {"conform", path.substr(0, path.rfind('/')), "--output", "json"});
  EXPECT_EQ(printed.exit, ExitCode::kRefused);
  const auto json = nlohmann::json::parse(printed.out);
  ASSERT_EQ(json.size(), 2u);
  EXPECT_EQ(json[0]["passed"], false);
  EXPECT_EQ(json[0]["differences"][0]["place"], "step 1 (balance)");
  EXPECT_EQ(json[1]["passed"], true);
}

}  // namespace
}  // namespace tally::cli
