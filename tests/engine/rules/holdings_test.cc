// Which account a quantity belongs to, what can be taken from it, and inputs
// that are computed on running totals.

#include "engine/rules/holdings.h"

#include <gtest/gtest.h>

#include "engine/rules/conversion.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kShared{.scheme = "p", .model = Model::kMassBalance};

class HoldingsTest : public RulesFixture {
 protected:
  HoldingsTest() {
    AddScheme(R"({"scheme": "p", "certificate": {"required": false},
                  "models": {"SEGREGATED": {},
                             "MASS_BALANCE": {"scope": "PARTY"}},
                  "conversions": [{"process": "press", "input": "fruit",
                    "outputs": [{"product": "oil", "factor": "0.3"}]}]})");
    AddParty("miller", {Role::kOperator});
    AddSite("a", "miller");
    AddSite("b", "miller");
    AddProduct("fruit", 0);
    AddProduct("oil", 0, "oils");
    AddProduct("fat", 0, "oils");
  }

  AccountKey Key(int site, int product, Model model, LotIndex lot = {}) const {
    return KeyOf(state(), Day("2025-01-01"),
                 {.site = SiteIndex(site),
                  .product = ProductIndex(product),
                  .claims = SetOf(ClaimOf(SchemeIndex(0), model)),
                  .lot = lot});
  }
};

TEST_F(HoldingsTest, AnEntitlementIsTheScopesAndTheGroups) {
  EXPECT_EQ(Key(0, 1, Model::kMassBalance), Key(1, 2, Model::kMassBalance));
  EXPECT_FALSE(Key(0, 1, Model::kSegregated) == Key(1, 1, Model::kSegregated));
  EXPECT_FALSE(Key(0, 1, Model::kSegregated) == Key(0, 2, Model::kSegregated));
  EXPECT_FALSE(Key(0, 1, Model::kMassBalance) ==
               Key(0, 0, Model::kMassBalance));
}

TEST_F(HoldingsTest, WhatCanBeTakenIsTheLeastFromTheDateOn) {
  const auto bring = [&](std::string_view when, std::string_view quantity) {
    Given(when, Receive{.site = "a",
                        .product = "oil",
                        .quantity = Dec(quantity),
                        .claim = kShared,
                        .supplier = "plant"});
  };
  const auto take = [&](std::string_view when, std::string_view quantity) {
    return Post(when, Consume{.site = "b",
                              .product = "fat",
                              .quantity = Dec(quantity),
                              .claim = kShared,
                              .beneficiary = "us"});
  };
  bring("2025-01-10", "10");
  ASSERT_EQ(take("2025-01-20", "8"), Code::kAccepted);
  EXPECT_EQ(take("2025-01-15", "3"), Code::kInsufficient);
  EXPECT_EQ(FigureOf("available"), "2");
  bring("2025-01-18", "1");
  EXPECT_EQ(take("2025-01-15", "4"), Code::kInsufficient);
  EXPECT_EQ(FigureOf("available"), "3");
  EXPECT_EQ(take("2025-01-18", "3"), Code::kAccepted);
}

TEST_F(HoldingsTest, SmallStepsNeedNoLessThanOneLargeOne) {
  Given("2025-01-01", Receive{.site = "a",
                              .product = "fruit",
                              .quantity = Dec("100"),
                              .claim = kShared,
                              .supplier = "farm"});
  const int64_t left[] = {96, 93, 90, 86};
  for (const int64_t expected : left) {
    Given("2025-01-02",
          Process{
              .site = "a",
              .process = "press",
              .inputs =
                  List({ProcessInput{.product = "fruit", .claim = kShared}}),
              .outputs = List({ProcessOutput{
                  .product = "oil", .quantity = Dec("1"), .claim = kShared}})});
    EXPECT_EQ(Balance("a", "fruit", kShared), std::to_string(expected));
  }
  ASSERT_EQ(plan().decision.inputs.size(), 1u);
  EXPECT_EQ(plan().decision.inputs[0], Quantity(4));
}

TEST_F(HoldingsTest, AConversionIsTheSchemesOrOneToOne) {
  const Event event = NewEvent("2025-01-02", std::monostate());
  Case c = NewCase(event);
  Flow flow;
  flow.process = "press";
  flow.inputs.push_back({.product = ProductIndex(0)});
  flow.outputs.push_back({.product = ProductIndex(1)});
  const Conversions press(c, flow, SchemeIndex(0));
  EXPECT_EQ(press.basis(), Conversions::Basis::kProfile);
  EXPECT_EQ(press.Factor(ProductIndex(0), ProductIndex(1)), *Ratio::Of(3, 10));
  EXPECT_EQ(press.Factor(ProductIndex(0), ProductIndex(2)), Ratio(0));
  flow.process = "fry";
  EXPECT_EQ(Conversions(c, flow, SchemeIndex(0)).basis(),
            Conversions::Basis::kUnknown);
  flow.outputs[0].product = ProductIndex(0);
  EXPECT_EQ(Conversions(c, flow, SchemeIndex(0)).basis(),
            Conversions::Basis::kOneToOne);
}

}  // namespace
}  // namespace tally
