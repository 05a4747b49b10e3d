#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class OriginateTest : public RulesFixture {
 protected:
  OriginateTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
                             "MASS_BALANCE": {}}})");
    AddParty("grower", {Role::kOperator});
    AddSite("farm", "grower");
    AddProduct("fruit", 1);
  }

  Originate Of(Model model, std::string_view lot = {}) {
    return {.site = "farm",
            .product = "fruit",
            .quantity = Dec("12.5"),
            .claim = Claim("x", model),
            .lot = lot};
  }
};

TEST_F(OriginateTest, ComesOutOfTheOriginIntoTheHolding) {
  EXPECT_EQ(Post("2025-01-10", Of(Model::kSegregated)), Code::kAccepted);
  EXPECT_EQ(Balance("farm", "fruit", Claim("x", Model::kSegregated)), "12.5");
  EXPECT_EQ(state().BoundaryTotal(ProductIndex(0), Boundary::kOrigin), -125);
}

TEST_F(OriginateTest, ALotHasTheSiteAsItsSource) {
  EXPECT_EQ(Post("2025-01-10", Of(Model::kIdentityPreserved, "L1")),
            Code::kAccepted);
  const Lot& lot = state().lots().at(state().lots().Find("L1"));
  EXPECT_EQ(lot.source, "farm");
  EXPECT_EQ(lot.made, Quantity(125));
  EXPECT_TRUE(lot.parents.empty());
  EXPECT_EQ(Post("2025-01-11", Of(Model::kSegregated, "L1")),
            Code::kAlreadyExists);
}

TEST_F(OriginateTest, IdentityPreservedHasALotAndMassBalanceNone) {
  EXPECT_EQ(Post("2025-01-10", Of(Model::kIdentityPreserved)),
            Code::kInvalidArgument);
  EXPECT_EQ(Post("2025-01-10", Of(Model::kMassBalance, "L1")),
            Code::kInvalidArgument);
}

TEST_F(OriginateTest, NamesWhatTheLedgerKnows) {
  Originate unknown = Of(Model::kSegregated);
  unknown.certificate = "C9";
  EXPECT_EQ(Post("2025-01-10", unknown), Code::kUnknownCertificate);
  EXPECT_EQ(Post("2025-01-10", Of(Model::kControlledBlending)),
            Code::kUnknownModel);
}

}  // namespace
}  // namespace tally
