#include "tools/tally/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tally::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> ProblemsOf(const std::string& text) {
  std::vector<authoring::Problem> problems;
  ReadScenario(text, &problems);
  std::vector<std::string> texts;
  for (const authoring::Problem& problem : problems) {
    texts.push_back(problem.ToString());
  }
  return texts;
}

// A scenario with these steps.
std::string With(const std::string& steps) {
  return R"({"scenario": "T", "steps": [)" + steps + "]}";
}

TEST(ReadScenario, EveryKindOfStep) {
  const std::string text = With(R"(
    {"post": {}, "expect": "ACCEPTED", "warnings": ["EXPIRING"],
     "serials": [{"block": "B", "from": 1, "to": 2}], "position": "p",
     "recorded_at": "2025-01-01T00:00:00Z"},
    {"post_atomic": [{}, {}], "expect": ["ACCEPTED", "ACCEPTED"]},
    {"post_concurrent": [{}, {}], "expect": {"ACCEPTED": 2}},
    {"balance": {"site": "s", "product": "p", "scheme": "x",
      "model": "MASS_BALANCE", "lot": null, "as_at": null,
      "as_known_at": "p"}, "expect": "1"},
    {"percentage": {"site": "s", "product": "p", "scheme": "x",
      "as_at": "2025-01-01"}, "expect": "94.7"},
    {"shipment": "S", "expect": "IN_TRANSIT"},
    {"lot": "L", "expect": {"quantity": "1", "parents": ["K"],
      "claims_share": "70", "attributes": {"ghg": "30"}}},
    {"credits": {"party": "b", "scheme": "x", "product": "p",
      "state": "ISSUED", "as_at": null}, "expect": "1"},
    {"certificate": "C", "expect": {"status": "VALID",
      "remaining": {"p": "0"}}},
    {"period": {"site": "s", "product": "p", "scheme": "x",
      "from": "2025-01-01"}, "expect": {"state": "CLOSED", "closing": "0"}},
    {"trace": {"lot": "L", "direction": "UPSTREAM"},
      "expect": {"sources": {"m": "1"}, "lots": ["K"]}},
    {"flags": {"lot": "L"}, "expect": ["UPSTREAM_VOID"]},
    {"cover": {"party": "b", "scheme": "x", "product": "p",
      "claim_period": "2021"}, "expect": {"claimed": "1", "retired": "0",
      "uncovered": "1"}})");
  std::vector<authoring::Problem> problems;
  const Scenario scenario = ReadScenario(text, &problems);
  ASSERT_THAT(ProblemsOf(text), IsEmpty());
  ASSERT_EQ(scenario.steps.size(), 13u);
  for (size_t i = 0; i < scenario.steps.size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(scenario.steps[i].kind), i);
  }
  EXPECT_THAT(scenario.steps[0].warnings, ElementsAre("EXPIRING"));
  EXPECT_EQ(scenario.steps[0].position, "p");
}

TEST(ReadScenario, AKeyThatItDoesNotKnowIsAnErrorWithItsPath) {
  EXPECT_THAT(ProblemsOf(R"({"scenario": "T", "steps": [], "stepz": []})"),
              ElementsAre(HasSubstr("stepz: must be one of the keys")));
  EXPECT_THAT(
      ProblemsOf(With(R"({"post": {}, "expect": "ACCEPTED", "warning": []})")),
      ElementsAre(HasSubstr("steps[0].warning: must be one of the keys")));
  EXPECT_THAT(
      ProblemsOf(With(
          R"({"balance": {"site": "s", "products": "p"}, "expect": "1"})")),
      ElementsAre(HasSubstr("steps[0].balance.products: ")));
  EXPECT_THAT(ProblemsOf(With(R"({"cover": {}, "expect": {"claim": "1"}})")),
              ElementsAre(HasSubstr("steps[0].expect.claim: ")));
  EXPECT_THAT(ProblemsOf(With(R"({"stock": "s", "expect": "1"})")),
              ElementsAre(HasSubstr("steps[0]: must be an object with one")));
}

TEST(ReadScenario, WhatHasTheWrongShapeIsAnErrorWithItsPath) {
  EXPECT_THAT(ProblemsOf(With(R"({"shipment": "S"})")),
              ElementsAre("steps[0].expect: must be given"));
  EXPECT_THAT(ProblemsOf(With(R"({"shipment": 7, "expect": "LAPSED"})")),
              ElementsAre("steps[0].shipment: must be text in quotes"));
  EXPECT_THAT(ProblemsOf(With(R"({"flags": {"lot": "L"}, "expect": "X"})")),
              ElementsAre("steps[0].expect: must be a list"));
  EXPECT_THAT(
      ProblemsOf(With(R"({"post_atomic": [{}], "expect": ["A", "B"]})")),
      ElementsAre("steps[0].expect: must be one outcome for each event"));
  EXPECT_THAT(ProblemsOf(With(R"({"post": {}, "expect": "ACCEPTED",
                                  "recorded_at": "noon"})")),
              ElementsAre(HasSubstr("steps[0].recorded_at: ")));
  EXPECT_THAT(ProblemsOf("{\"scenario\": \"T\""),
              ElementsAre(HasSubstr("JSON")));
  EXPECT_THAT(ProblemsOf("{}"),
              ElementsAre("scenario: must be given", "steps: must be given"));
}

}  // namespace
}  // namespace tally::cli
