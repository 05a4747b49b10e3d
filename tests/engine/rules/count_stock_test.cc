#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class CountStockTest : public RulesFixture {
 protected:
  CountStockTest() {
    AddScheme(R"({"scheme": "strict", "certificate": {"required": false},
                  "models": {"MASS_BALANCE": {"scope": "PARTY"},
                             "SEGREGATED": {}},
                  "downgrades": [["SEGREGATED", "MASS_BALANCE"]],
                  "stock_tolerance_pct": "0.5",
                  "citations": {"R41": "4.3.1"}})");
    AddScheme(R"({"scheme": "loose", "certificate": {"required": false},
                  "models": {"MASS_BALANCE": {}},
                  "stock_tolerance_pct": "5"})");
    AddParty("trader", {Role::kOperator});
    AddSite("depot", "trader");
    AddSite("other", "trader");
    AddProduct("oil", 0, "oils");
    AddProduct("olein", 0, "oils");
  }

  void Bring(std::string_view site, std::string_view product,
             std::string_view quantity, ClaimName claim = {}) {
    Given("2025-01-10", Receive{.site = site,
                                .product = product,
                                .quantity = Dec(quantity),
                                .claim = claim,
                                .supplier = "mill"});
  }
  Code Count(std::string_view quantity, std::string_view date = "2025-01-31") {
    return Post(date, CountStock{.site = "depot",
                                 .product = "oil",
                                 .physical_quantity = Dec(quantity)});
  }
};

TEST_F(CountStockTest, TakesWhatLiesWithinTheTolerance) {
  Bring("depot", "oil", "6000", Claim("strict", Model::kMassBalance));
  Bring("depot", "oil", "4000");
  EXPECT_EQ(Count("10000"), Code::kAccepted);
  EXPECT_EQ(Count("9950"), Code::kAccepted);
  EXPECT_EQ(Count("10050"), Code::kAccepted);
  EXPECT_EQ(Count("9949"), Code::kStockVariance);
  EXPECT_EQ(refusal().rule, "R41");
  EXPECT_EQ(refusal().citation, "4.3.1");
  EXPECT_EQ(FigureOf("book"), "10000");
  EXPECT_EQ(FigureOf("variance"), "51");
  EXPECT_EQ(FigureOf("tolerance"), "0.50");
  EXPECT_EQ(Count("10051"), Code::kStockVariance);
}

TEST_F(CountStockTest, PostsNothing) {
  Bring("depot", "oil", "1000", Claim("strict", Model::kMassBalance));
  ASSERT_EQ(Count("1004"), Code::kAccepted);
  EXPECT_TRUE(plan().postings.empty());
  EXPECT_TRUE(plan().stock_changes.empty());
}

TEST_F(CountStockTest, OtherProductsOfTheGroupAndOtherSitesDoNotCount) {
  Bring("depot", "oil", "1000", Claim("strict", Model::kMassBalance));
  Bring("depot", "olein", "700", Claim("strict", Model::kMassBalance));
  Bring("other", "oil", "300", Claim("strict", Model::kMassBalance));
  EXPECT_EQ(Count("1005"), Code::kAccepted);
  EXPECT_EQ(Count("1006"), Code::kStockVariance);
}

TEST_F(CountStockTest, TheStrictestSchemeWithStockOnThatDateDecides) {
  Bring("depot", "oil", "1000", Claim("loose", Model::kMassBalance));
  EXPECT_EQ(Count("1050"), Code::kAccepted);
  EXPECT_EQ(Count("1051"), Code::kStockVariance);
  Given("2025-02-01", Receive{.site = "depot",
                              .product = "oil",
                              .quantity = Dec("1000"),
                              .claim = Claim("strict", Model::kSegregated),
                              .supplier = "mill"});
  EXPECT_EQ(Count("2011", "2025-02-01"), Code::kStockVariance);
  EXPECT_EQ(Count("2010", "2025-02-01"), Code::kAccepted);
  EXPECT_EQ(Count("1050"), Code::kAccepted);
}

TEST_F(CountStockTest, ConventionalStockAloneHasNoTolerance) {
  Bring("depot", "oil", "1000");
  EXPECT_EQ(Count("0"), Code::kAccepted);
}

TEST_F(CountStockTest, BooksThatSayMoreLeftThanCameAreWrong) {
  Bring("depot", "oil", "10", Claim("strict", Model::kMassBalance));
  Given("2025-01-11", Adjust{.site = "depot",
                             .product = "oil",
                             .quantity = Dec("20"),
                             .reason = AdjustReason::kLoss});
  EXPECT_EQ(Count("0"), Code::kStockVariance);
  EXPECT_EQ(FigureOf("book"), "-10");
}

TEST_F(CountStockTest, FollowsWhateverMovesMaterial) {
  Bring("depot", "oil", "1000", Claim("strict", Model::kSegregated));
  Given("2025-01-11", Downgrade{.site = "depot",
                                .product = "oil",
                                .quantity = Dec("100"),
                                .claim = Claim("strict", Model::kSegregated),
                                .to_model = Model::kMassBalance});
  EXPECT_EQ(Count("1006"), Code::kStockVariance);
  EXPECT_EQ(FigureOf("book"), "1000");
  Given("2025-01-12",
        Ship{.shipment = "S1",
             .from_site = "depot",
             .to_site = "other",
             .lines = List<ShipLine>(
                 {{.product = "oil",
                   .quantity = Dec("200"),
                   .claim = Claim("strict", Model::kSegregated)}})});
  EXPECT_EQ(Count("1000"), Code::kStockVariance);
  EXPECT_EQ(FigureOf("book"), "800");
  Given("2025-01-13", Recall{.shipment = "S1", .reason = "wrong lorry"});
  EXPECT_EQ(Count("1000"), Code::kAccepted);
}

TEST_F(CountStockTest, NamesWhatIsNotThere) {
  EXPECT_EQ(Post("2025-01-31", CountStock{.site = "nowhere",
                                          .product = "oil",
                                          .physical_quantity = Dec("1")}),
            Code::kUnknownSite);
  EXPECT_EQ(Post("2025-01-31", CountStock{.site = "depot",
                                          .product = "oil",
                                          .physical_quantity = Dec("1.5")}),
            Code::kInvalidQuantity);
}

}  // namespace
}  // namespace tally
