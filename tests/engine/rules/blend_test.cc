// Blend and mixing: what a mix carries of its inputs, and what may be claimed
// of it.

#include "engine/rules/blend.h"

#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kIdentity{.scheme = "x",
                              .model = Model::kIdentityPreserved};
constexpr ClaimName kSegregated{.scheme = "x", .model = Model::kSegregated};

class BlendTest : public RulesFixture {
 protected:
  BlendTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "levels": ["LOW", "MID", "HIGH"],
                  "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
                             "CONTROLLED_BLENDING": {"min_share_pct": "30"}},
                  "downgrades": [["IDENTITY_PRESERVED", "SEGREGATED"],
                                 ["SEGREGATED", "CONTROLLED_BLENDING"]]})");
    AddParty("miller", {Role::kOperator});
    AddSite("mill", "miller");
    AddProduct("oil", 0);
  }

  void Lot(std::string_view lot, std::string_view supplier,
           Attributes attributes = {}, ClaimName claim = kIdentity) {
    Given("2025-01-01", Receive{.site = "mill",
                                .product = "oil",
                                .quantity = Dec("10"),
                                .claim = claim,
                                .supplier = supplier,
                                .lot = lot,
                                .attributes = attributes});
  }
  Blend Mixed(std::initializer_list<std::string_view> lots) {
    Blend blend(state(),
                &state().schemes().At(SchemeIndex(0), Day("2025-01-01")));
    for (const std::string_view name : lots) {
      const LotIndex lot = state().lots().Find(name);
      blend.Add(
          {.lot = lot, .product = ProductIndex(0), .quantity = Quantity(10)});
    }
    return blend;
  }
  Code Mix(std::initializer_list<std::string_view> lots, ClaimName claim,
           std::string_view made, std::string_view share = {}) {
    std::vector<ProcessInput> inputs;
    for (const std::string_view lot : lots) {
      const bool plain = lot.empty();
      inputs.push_back({.product = "oil",
                        .quantity = Dec("10"),
                        .claim = plain ? ClaimName() : ClaimOf(lot),
                        .lot = lot});
    }
    ProcessOutput output{
        .product = "oil", .quantity = Dec("20"), .claim = claim, .lot = made};
    if (!share.empty()) output.claims_share = Dec(share);
    return Post("2025-01-02", Process{.site = "mill",
                                      .process = "mixing",
                                      .inputs = inputs,
                                      .outputs = List({output})});
  }
  ClaimName ClaimOf(std::string_view lot) const {
    return lot[0] == 'I' ? kIdentity : kSegregated;
  }
};

TEST_F(BlendTest, CarriesTheLowestLevelAndTheHighestGreenhouseGas) {
  Lot("I1", "farm", {.ghg = Dec("20"), .level = "HIGH"});
  Lot("I2", "farm", {.ghg = Dec("35"), .level = "MID"});
  const Blend blend = Mixed({"I1", "I2"});
  EXPECT_EQ(blend.attributes().level, "MID");
  EXPECT_EQ(blend.attributes().ghg, Dec("35"));
  EXPECT_EQ(blend.source(), "farm");
  EXPECT_EQ(blend.parents().size(), 2u);
}

TEST_F(BlendTest, SeveralSourcesAreNone) {
  Lot("I1", "farm");
  Lot("I2", "other");
  EXPECT_EQ(Mixed({"I1", "I2"}).source(), "");
}

TEST_F(BlendTest, IdentityPreservedHasOneSource) {
  Lot("I1", "farm");
  Lot("I2", "other");
  EXPECT_EQ(Mix({"I1", "I2"}, kIdentity, "M1"), Code::kIpMix);
  EXPECT_EQ(refusal().rule, "R20");
  EXPECT_EQ(Mix({"I1", "I2"}, kSegregated, "M1"), Code::kAccepted);
}

TEST_F(BlendTest, SegregatedHasNothingForeign) {
  Lot("S1", "farm", {}, kSegregated);
  Given("2025-01-01", Receive{.site = "mill",
                              .product = "oil",
                              .quantity = Dec("10"),
                              .supplier = "market"});
  EXPECT_EQ(Mix({"S1", ""}, kSegregated, "M1"), Code::kSgTaint);
  EXPECT_EQ(refusal().rule, "R21");
  const ClaimName blend{"x", Model::kControlledBlending};
  EXPECT_EQ(Mix({"S1", ""}, blend, "M1", "50.1"), Code::kOverInputPct);
  EXPECT_EQ(Mix({"S1", ""}, blend, "M1", "29"), Code::kBelowThreshold);
  EXPECT_EQ(Mix({"S1", ""}, blend, "M1", "50"), Code::kAccepted);
}

}  // namespace
}  // namespace tally
