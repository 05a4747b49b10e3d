#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kIdentity = {.scheme = "x",
                                 .model = Model::kIdentityPreserved};
constexpr ClaimName kSegregated = {.scheme = "x", .model = Model::kSegregated};
constexpr ClaimName kMassBalance = {.scheme = "x",
                                    .model = Model::kMassBalance};

class ProcessTest : public RulesFixture {
 protected:
  ProcessTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
        "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
                   "MASS_BALANCE": {}},
        "downgrades": [["IDENTITY_PRESERVED", "SEGREGATED"],
                       ["SEGREGATED", "MASS_BALANCE"]],
        "conversions": [{"process": "press", "input": "fruit",
                         "outputs": [{"product": "oil", "factor": "0.3"},
                                     {"product": "cake",
                                      "factor": "0.6"}]}]})");
    AddParty("maker", {Role::kOperator});
    AddSite("plant", "maker");
    AddProduct("fruit", 0);
    AddProduct("oil", 1);
    AddProduct("cake", 1);
  }
  void Enter(std::string_view quantity, ClaimName claim,
             std::string_view lot = {}, Attributes attributes = {}) {
    Given("2025-01-10", Receive{.site = "plant",
                                .product = "fruit",
                                .quantity = Dec(quantity),
                                .claim = claim,
                                .supplier = lot.empty() ? "farm" : lot,
                                .lot = lot,
                                .attributes = attributes});
  }
  static ProcessInput In(std::string_view quantity, ClaimName claim,
                         std::string_view lot = {}) {
    ProcessInput input = {.product = "fruit", .claim = claim, .lot = lot};
    if (!quantity.empty()) input.quantity = Dec(quantity);
    return input;
  }
  static ProcessOutput Out(std::string_view product, std::string_view quantity,
                           ClaimName claim, std::string_view lot = {}) {
    return {.product = product,
            .quantity = Dec(quantity),
            .claim = claim,
            .lot = lot};
  }
  Code Run(std::initializer_list<ProcessInput> inputs,
           std::initializer_list<ProcessOutput> outputs,
           std::string_view process = "press") {
    return Post("2025-01-11", Process{.site = "plant",
                                      .process = process,
                                      .inputs = List<ProcessInput>(inputs),
                                      .outputs = List<ProcessOutput>(outputs)});
  }
};

TEST_F(ProcessTest, NoMoreClaimedOutputThanTheInputYields) {
  Enter("100", kMassBalance);
  EXPECT_EQ(Run({In("100", kMassBalance)}, {Out("oil", "30.1", kMassBalance)}),
            Code::kCfOutOfRange);
  EXPECT_EQ(refusal().rule, "R16");
  EXPECT_EQ(Run({In("100", kMassBalance)}, {Out("oil", "30", kMassBalance)}),
            Code::kAccepted);
  EXPECT_EQ(Balance("plant", "fruit", kMassBalance), "0");
  EXPECT_EQ(Balance("plant", "oil", kMassBalance), "30.0");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kConverted), 100);
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(1), Boundary::kConverted), -300);
}

TEST_F(ProcessTest, AllOutputsTogetherStayBelowTheInput) {
  Enter("100", kMassBalance);
  EXPECT_EQ(Run({In("100", kMassBalance)},
                {Out("oil", "30", kMassBalance), Out("cake", "70.1", {})}),
            Code::kCfOutOfRange);
}

TEST_F(ProcessTest, AMissingInputIsComputedOnRunningTotals) {
  Enter("100", kMassBalance);
  // 0.1 of oil needs a third of a fruit: three of them one, not three.
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(Run({In("", kMassBalance)}, {Out("oil", "0.1", kMassBalance)}),
              Code::kAccepted);
  }
  EXPECT_EQ(Balance("plant", "fruit", kMassBalance), "99");
  ASSERT_EQ(Run({In("", kMassBalance)}, {Out("oil", "0.1", kMassBalance)}),
            Code::kAccepted);
  ASSERT_EQ(plan().decision.inputs.size(), 1);
  EXPECT_EQ(plan().decision.inputs.front(), Quantity(1));
  EXPECT_EQ(Balance("plant", "fruit", kMassBalance), "98");
}

TEST_F(ProcessTest, OnlyKnownProcessesConvert) {
  Enter("100", kMassBalance);
  EXPECT_EQ(
      Run({In("10", kMassBalance)}, {Out("oil", "1", kMassBalance)}, "boil"),
      Code::kUnknownProcess);
}

TEST_F(ProcessTest, LotsSplitOneToOne) {
  Enter("100", kSegregated, "L1");
  EXPECT_EQ(Run({In("100", kSegregated, "L1")},
                {Out("fruit", "60", kSegregated, "L2"),
                 Out("fruit", "41", kSegregated, "L3")},
                "sort"),
            Code::kLotMass);
  EXPECT_EQ(Run({In("100", kSegregated, "L1")},
                {Out("fruit", "60", kSegregated, "L2"),
                 Out("fruit", "40", kSegregated, "L3")},
                "sort"),
            Code::kAccepted);
  EXPECT_EQ(Balance("plant", "fruit", kSegregated, "L3"), "40");
}

TEST_F(ProcessTest, NothingIsMadeStricterThanItsInput) {
  Enter("100", kMassBalance);
  EXPECT_EQ(Run({In("100", kMassBalance)}, {Out("oil", "1", kSegregated)}),
            Code::kModelUpgrade);
  EXPECT_EQ(refusal().rule, "R19");
  EXPECT_EQ(Run({In("100", {})}, {Out("oil", "1", kMassBalance)}),
            Code::kModelUpgrade);
}

TEST_F(ProcessTest, NothingForeignBesideSegregatedInput) {
  Enter("100", kSegregated, "L1");
  EXPECT_EQ(Run({In("50", kSegregated, "L1"), In("1", {})},
                {Out("oil", "15", kSegregated)}),
            Code::kSgTaint);
  EXPECT_EQ(Run({In("50", kSegregated, "L1"), In("1", {})},
                {Out("oil", "15", kMassBalance)}),
            Code::kAccepted);
}

TEST_F(ProcessTest, IdentityHasOneSource) {
  Enter("50", kIdentity, "farm-a");
  Enter("50", kIdentity, "farm-b");
  const auto mix = [&](ClaimName claim) {
    return Run({In("10", kIdentity, "farm-a"), In("10", kIdentity, "farm-b")},
               {Out("oil", "6", claim, "M1")});
  };
  EXPECT_EQ(mix(kIdentity), Code::kIpMix);
  EXPECT_EQ(mix(kSegregated), Code::kAccepted);
  const Lot& lot = state().lots().at(state().lots().Find("M1"));
  EXPECT_EQ(lot.source, "");
  EXPECT_EQ(lot.parents.size(), 2);
}

TEST_F(ProcessTest, ABlendCarriesTheWorstOfItsInputs) {
  Enter("50", kSegregated, "L1",
        {.ghg = Dec("20"), .source_status = SourceStatus::kGreen});
  Enter("50", kSegregated, "L2",
        {.ghg = Dec("35"), .source_status = SourceStatus::kYellow});
  ASSERT_EQ(Run({In("10", kSegregated, "L1"), In("10", kSegregated, "L2")},
                {Out("oil", "6", kSegregated, "M1")}),
            Code::kAccepted)
      << Explain();
  const Lot& lot = state().lots().at(state().lots().Find("M1"));
  EXPECT_EQ(lot.attributes.ghg, Dec("35"));
  EXPECT_EQ(lot.attributes.source_status, SourceStatus::kYellow);
  ProcessOutput better = Out("oil", "6", kSegregated, "M2");
  better.attributes.ghg = Dec("34");
  EXPECT_EQ(
      Run({In("10", kSegregated, "L1"), In("10", kSegregated, "L2")}, {better}),
      Code::kGhgAverage);
}

}  // namespace
}  // namespace tally
