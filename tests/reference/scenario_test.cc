// The runner itself: a scenario with a wrong expectation must fail, whatever
// kind of step it is wrong about.

#include "tests/reference/scenario.h"

#include <gtest/gtest.h>

namespace tally::reference {
namespace {

nlohmann::json Scenario() {
  return nlohmann::json::parse(R"json({
    "scenario": "T", "title": "t",
    "profiles": [{"scheme": "x", "models": {"MASS_BALANCE": {}},
                  "certificate": {"required": false}}],
    "setup": [
      {"occurred_at": "2010-01-01",
       "register_party": {"party": "p", "roles": ["OPERATOR"]}},
      {"occurred_at": "2010-01-01",
       "register_site": {"site": "s", "party": "p"}},
      {"occurred_at": "2010-01-01",
       "define_product": {"product": "oil", "unit": "TNE", "decimals": 1}}],
    "steps": [
      {"post": {"occurred_at": "2025-01-01", "receive": {"site": "s",
         "product": "oil", "quantity": "10", "supplier": "m",
         "claim": {"scheme": "x", "model": "MASS_BALANCE"}}},
       "expect": "ACCEPTED"},
      {"balance": {"site": "s", "product": "oil", "scheme": "x",
                   "model": "MASS_BALANCE"}, "expect": "10.0"}]})json");
}

TEST(ScenarioTest, HoldsWhenEveryStepHolds) {
  EXPECT_TRUE(RunScenario(Scenario()).empty());
}

TEST(ScenarioTest, AWrongOutcomeIsAProblem) {
  nlohmann::json scenario = Scenario();
  scenario["steps"][0]["expect"] = "INSUFFICIENT";
  EXPECT_EQ(RunScenario(scenario).size(), 1U);
}

TEST(ScenarioTest, AWrongBalanceIsAProblem) {
  nlohmann::json scenario = Scenario();
  scenario["steps"][1]["expect"] = "10.1";
  EXPECT_EQ(RunScenario(scenario).size(), 1U);
}

TEST(ScenarioTest, AMissingWarningIsAProblem) {
  nlohmann::json scenario = Scenario();
  scenario["steps"][0]["warnings"] = {"SHORT_IN_PERIOD"};
  EXPECT_EQ(RunScenario(scenario).size(), 1U);
}

TEST(ScenarioTest, ARefusedSetUpEventIsAProblem) {
  nlohmann::json scenario = Scenario();
  scenario["setup"].push_back(scenario["setup"][0]);
  EXPECT_EQ(RunScenario(scenario).size(), 1U);
}

TEST(ScenarioTest, AnUnknownKeyIsAProblem) {
  nlohmann::json scenario = Scenario();
  scenario["steps"][0]["expects"] = "ACCEPTED";
  EXPECT_EQ(RunScenario(scenario).size(), 1U);
}

}  // namespace
}  // namespace tally::reference
