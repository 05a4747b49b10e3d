#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kSegregated = {.scheme = "x", .model = Model::kSegregated};
constexpr ClaimName kMassBalance = {.scheme = "x",
                                    .model = Model::kMassBalance};

// downgrade, adjust and consume.
class StockTest : public RulesFixture {
 protected:
  StockTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {}},
                  "downgrades": [["SEGREGATED", "MASS_BALANCE"]],
                  "claim_texts": {"MASS_BALANCE": "Contributes."}})");
    AddParty("maker", {Role::kOperator});
    AddSite("plant", "maker");
    AddProduct("oil", 0);
    Given("2025-01-10", Receive{.site = "plant",
                                .product = "oil",
                                .quantity = Dec("100"),
                                .claim = kSegregated,
                                .supplier = "farm",
                                .lot = "L1"});
  }
  Code DowngradeTo(Model model, std::string_view quantity) {
    return Post("2025-01-11", Downgrade{.site = "plant",
                                        .product = "oil",
                                        .quantity = Dec(quantity),
                                        .claim = kSegregated,
                                        .lot = "L1",
                                        .to_model = model});
  }
};

TEST_F(StockTest, GoesDownTheLatticeOnly) {
  EXPECT_EQ(DowngradeTo(Model::kIdentityPreserved, "1"), Code::kUnknownModel);
  EXPECT_EQ(DowngradeTo(Model::kSegregated, "1"), Code::kModelUpgrade);
  ASSERT_EQ(DowngradeTo(Model::kMassBalance, "30"), Code::kAccepted);
  ASSERT_EQ(DowngradeTo(Model::kConventional, "20"), Code::kAccepted);
  EXPECT_EQ(Balance("plant", "oil", kSegregated, "L1"), "50");
  EXPECT_EQ(Balance("plant", "oil", kMassBalance), "30");
  EXPECT_EQ(Balance("plant", "oil"), "20");
  EXPECT_EQ(Post("2025-01-11", Downgrade{.site = "plant",
                                         .product = "oil",
                                         .quantity = Dec("1"),
                                         .claim = kMassBalance,
                                         .to_model = Model::kSegregated}),
            Code::kModelUpgrade);
}

TEST_F(StockTest, WhatIsLostIsLost) {
  Given("2025-01-11", Adjust{.site = "plant",
                             .product = "oil",
                             .quantity = Dec("40"),
                             .claim = kSegregated,
                             .lot = "L1",
                             .reason = AdjustReason::kDamage});
  EXPECT_EQ(Balance("plant", "oil", kSegregated, "L1"), "60");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kLoss), 40);
  EXPECT_EQ(Post("2025-01-11", Adjust{.site = "plant",
                                      .product = "oil",
                                      .quantity = Dec("61"),
                                      .claim = kSegregated,
                                      .lot = "L1",
                                      .reason = AdjustReason::kLoss}),
            Code::kInsufficient);
}

TEST_F(StockTest, ConventionalStockMayGoBelowZero) {
  Given("2025-01-11", Adjust{.site = "plant",
                             .product = "oil",
                             .quantity = Dec("5"),
                             .reason = AdjustReason::kStockCount});
  EXPECT_EQ(Balance("plant", "oil"), "-5");
}

TEST_F(StockTest, WhatIsFoundComesBack) {
  Given("2025-01-11", Adjust{.site = "plant",
                             .product = "oil",
                             .quantity = Dec("5"),
                             .claim = kSegregated,
                             .lot = "L1",
                             .reason = AdjustReason::kStockCount,
                             .add = true});
  EXPECT_EQ(Balance("plant", "oil", kSegregated, "L1"), "105");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kLoss), -5);
}

TEST_F(StockTest, TheChainEndsWithTheSchemesWords) {
  ASSERT_EQ(DowngradeTo(Model::kMassBalance, "30"), Code::kAccepted);
  const auto consume = [&](std::string_view statement) {
    return Post("2025-01-12", Consume{.site = "plant",
                                      .product = "oil",
                                      .quantity = Dec("10"),
                                      .claim = kMassBalance,
                                      .beneficiary = "brand",
                                      .statement = statement});
  };
  EXPECT_EQ(consume("contributes."), Code::kClaimText);
  EXPECT_EQ(consume("Contributes."), Code::kAccepted);
  EXPECT_EQ(consume(""), Code::kAccepted);
  EXPECT_EQ(Balance("plant", "oil", kMassBalance), "10");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kConsumed), 20);
}

}  // namespace
}  // namespace tally
