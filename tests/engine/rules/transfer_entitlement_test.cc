#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class TransferEntitlementTest : public RulesFixture {
 protected:
  TransferEntitlementTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
        "models": {"MASS_BALANCE": {"entitlement_transfer":
                                        {"allowed": true}}},
        "conversions": [{"process": "refine", "input": "crude",
            "from": "2020-01-01", "to": "2025-06-30",
            "outputs": [{"product": "fine", "factor": "0.9"},
                        {"product": "waxy", "factor": "0.5"}]}]})");
    AddScheme(R"({"scheme": "fixed", "certificate": {"required": false},
                  "models": {"MASS_BALANCE": {}}})");
    AddScheme(R"({"scheme": "sg", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}}})");
    AddParty("trader", {Role::kOperator});
    AddSite("a", "trader");
    AddSite("b", "trader");
    AddProduct("fine", 1, "f");
    AddProduct("plain", 1, "f");
    AddProduct("waxy", 1, "f");
    AddProduct("other", 1);
    Given("2025-01-10", Receive{.site = "a",
                                .product = "fine",
                                .quantity = Dec("10"),
                                .claim = kClaim,
                                .supplier = "mill"});
  }

  Code Transfer(std::string_view quantity, std::string_view to_product = {},
                std::string_view date = "2025-01-11") {
    return Post(date, TransferEntitlement{.from_site = "a",
                                          .to_site = "b",
                                          .product = "fine",
                                          .to_product = to_product,
                                          .scheme = "x",
                                          .quantity = Dec(quantity)});
  }

  static constexpr ClaimName kClaim = {.scheme = "x",
                                       .model = Model::kMassBalance};
};

TEST_F(TransferEntitlementTest, MovesTheClaimAndLeavesTheMaterial) {
  ASSERT_EQ(Transfer("4.5"), Code::kAccepted);
  EXPECT_EQ(Balance("a", "fine", kClaim), "5.5");
  EXPECT_EQ(Balance("a", "fine"), "4.5");
  EXPECT_EQ(Balance("b", "fine", kClaim), "4.5");
  EXPECT_EQ(Balance("b", "fine"), "-4.5");
  EXPECT_TRUE(plan().stock_changes.empty());
}

TEST_F(TransferEntitlementTest, BecomesAnotherProductOfTheGroup) {
  ASSERT_EQ(Transfer("4", "plain"), Code::kAccepted);
  EXPECT_EQ(Balance("b", "plain", kClaim), "4.0");
  EXPECT_EQ(Balance("b", "plain"), "-4.0");
  EXPECT_EQ(Balance("b", "fine"), "0.0");
}

TEST_F(TransferEntitlementTest, OtherGroupsAndFactorsDoNotMatch) {
  EXPECT_EQ(Transfer("1", "other"), Code::kGroupMismatch);
  EXPECT_EQ(refusal().rule, "R39");
  EXPECT_EQ(Transfer("1", "waxy"), Code::kGroupMismatch);
  // The factors no longer hold on this date.
  EXPECT_EQ(Transfer("1", "waxy", "2025-07-01"), Code::kAccepted);
}

TEST_F(TransferEntitlementTest, WasteAndRegularMaterialAreKeptApart) {
  Given("2010-01-01", DefineProduct{.product = "used",
                                    .unit = "TNE",
                                    .decimals = 1,
                                    .group = "f",
                                    .category = Category::kWaste});
  EXPECT_EQ(Transfer("1", "used"), Code::kGroupMismatch);
}

TEST_F(TransferEntitlementTest, OnlyWhereTheProfileLetsIt) {
  for (const std::string_view scheme : {"fixed", "sg"}) {
    EXPECT_EQ(Post("2025-01-11", TransferEntitlement{.from_site = "a",
                                                     .to_site = "b",
                                                     .product = "fine",
                                                     .scheme = scheme,
                                                     .quantity = Dec("1")}),
              Code::kWrongAccount);
    EXPECT_EQ(refusal().rule, "R01");
  }
}

TEST_F(TransferEntitlementTest, NoMoreThanIsThere) {
  EXPECT_EQ(Transfer("10.1"), Code::kInsufficient);
  EXPECT_EQ(FigureOf("available"), "10.0");
  EXPECT_EQ(Transfer("10"), Code::kAccepted);
  EXPECT_EQ(Transfer("0.1"), Code::kInsufficient);
}

TEST_F(TransferEntitlementTest, NamesWhatIsNotThere) {
  EXPECT_EQ(Transfer("1", "nothing"), Code::kUnknownProduct);
  EXPECT_EQ(Transfer("1.25"), Code::kInvalidQuantity);
}

}  // namespace
}  // namespace tally
