#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class ReceiveTest : public RulesFixture {
 protected:
  ReceiveTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "models": {"IDENTITY_PRESERVED": {}, "MASS_BALANCE": {},
                             "SEGREGATED": {"lots": "REQUIRED"}},
                  "levels": ["LOW", "HIGH"]})");
    AddParty("maker", {Role::kOperator});
    AddSite("plant", "maker");
    AddProduct("oil", 2);
  }
  static Receive Of(std::string_view quantity, ClaimName claim = {}) {
    return {.site = "plant",
            .product = "oil",
            .quantity = Dec(quantity),
            .claim = claim,
            .supplier = "farm"};
  }
  static constexpr ClaimName kMassBalance = {.scheme = "x",
                                             .model = Model::kMassBalance};
};

TEST_F(ReceiveTest, ComesOutOfTheOrigin) {
  Given("2025-01-10", Of("12.50", kMassBalance));
  EXPECT_EQ(Balance("plant", "oil", kMassBalance), "12.50");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kOrigin), -1250);
}

TEST_F(ReceiveTest, WithoutClaimItIsConventional) {
  Given("2025-01-10", Of("1"));
  EXPECT_EQ(Balance("plant", "oil"), "1.00");
}

TEST_F(ReceiveTest, TheCertifiedPartIsRoundedDown) {
  Receive receive = Of("0.10", kMassBalance);
  receive.claims_share = Dec("33");
  Given("2025-01-10", receive);
  EXPECT_EQ(Balance("plant", "oil", kMassBalance), "0.03");
  EXPECT_EQ(Balance("plant", "oil"), "0.07");
}

TEST_F(ReceiveTest, ALotKeepsItsShareAndSupplier) {
  Receive receive = Of("10", Claim("x", Model::kIdentityPreserved));
  receive.lot = "L1";
  receive.claims_share = Dec("70");
  receive.attributes = {.origin_country = "GH", .level = "LOW"};
  Given("2025-01-10", receive);
  const Lot& lot = state().lots().at(state().lots().Find("L1"));
  EXPECT_EQ(lot.source, "farm");
  EXPECT_EQ(lot.made, Quantity(1000));
  EXPECT_EQ(lot.claims_share, Dec("70"));
  EXPECT_EQ(lot.attributes.origin_country, "GH");
  EXPECT_EQ(Balance("plant", "oil", receive.claim, "L1"), "10.00");
  EXPECT_EQ(Post("2025-01-10", receive), Code::kAlreadyExists);
}

TEST_F(ReceiveTest, FieldsThatDoNotFitAreRefused) {
  EXPECT_EQ(Post("2025-01-10", Of("1.005")), Code::kInvalidQuantity);
  EXPECT_EQ(Post("2025-01-10", Of("1", Claim("x", Model::kBookAndClaim))),
            Code::kUnknownModel);
  EXPECT_EQ(Post("2025-01-10", Of("1", Claim("z", Model::kSegregated))),
            Code::kUnknownScheme);
  EXPECT_EQ(Post("2025-01-10", Of("1", Claim("x", Model::kSegregated))),
            Code::kInvalidArgument);
  Receive receive = Of("1", kMassBalance);
  receive.attributes.level = "MIDDLE";
  EXPECT_EQ(Post("2025-01-10", receive), Code::kInvalidArgument);
}

TEST_F(ReceiveTest, AHoldingEndsWhereANumberEnds) {
  Given("2025-01-10", Of("92233720368547758.07", kMassBalance));
  EXPECT_EQ(Post("2025-01-10", Of("0.01", kMassBalance)), Code::kOverflow);
  // Another day of the same holding, too.
  EXPECT_EQ(Post("2025-01-09", Of("0.01", kMassBalance)), Code::kOverflow);
}

}  // namespace
}  // namespace tally
