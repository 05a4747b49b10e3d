#include <gtest/gtest.h>

#include "tests/engine/rules/credits_fixture.h"

namespace tally {
namespace {

class IssueCreditsTest : public CreditsFixture {};

TEST_F(IssueCreditsTest, BooksVolumeAndStripsItsClaim) {
  AddCredits();
  Produce("100");
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "60")), Code::kAccepted);
  EXPECT_EQ(Drawn(), "B1 1-60");
  EXPECT_EQ(Balance("mill", "cpo", Claim("bc", Model::kBookAndClaim)), "40");
  EXPECT_EQ(Balance("mill", "cpo"), "60");
  EXPECT_EQ(Has("miller", CreditState::kIssued), "60");
  EXPECT_TRUE(
      state().BoundaryTotal(state().registry().product_names.Find("cpo"),
                            Boundary::kBooked) == -60);
}

TEST_F(IssueCreditsTest, DrawsThePoolsFromLeastToMostStrict) {
  AddCredits();
  Produce("10", Model::kSegregated);
  Produce("10", Model::kControlledBlending);
  Produce("10", Model::kMassBalance);
  Produce("10", Model::kBookAndClaim);
  Given("2024-05-01", Issue("B1", "15"));
  EXPECT_EQ(Balance("mill", "cpo", Claim("bc", Model::kBookAndClaim)), "0");
  EXPECT_EQ(Balance("mill", "cpo", Claim("bc", Model::kMassBalance)), "5");
  Given("2024-05-01", Issue("B2", "20"));
  EXPECT_EQ(Balance("mill", "cpo", Claim("bc", Model::kControlledBlending)),
            "0");
  EXPECT_EQ(Balance("mill", "cpo", Claim("bc", Model::kSegregated)), "5");
  EXPECT_EQ(Balance("mill", "cpo"), "35");
}

TEST_F(IssueCreditsTest, MakesNoAccountsOfPoolsThatNeverWere) {
  AddCredits();
  Produce("10", Model::kSegregated);
  Given("2024-05-01", Issue("B1", "10"));
  // Conventional stock and the credits.
  EXPECT_EQ(plan().new_accounts.size(), 2);
}

TEST_F(IssueCreditsTest, DrawsTheNamedLotAlone) {
  AddCredits();
  Produce("50");
  Given("2024-01-01", Originate{.site = "mill",
                                .product = "cpo",
                                .quantity = Dec("30"),
                                .claim = Claim("bc", Model::kSegregated),
                                .lot = "L1"});
  IssueCredits issue = Issue("B1", "20");
  issue.lot = "L1";
  Given("2024-05-01", issue);
  EXPECT_EQ(Balance("mill", "cpo", Claim("bc", Model::kSegregated), "L1"),
            "10");
  EXPECT_EQ(Balance("mill", "cpo", Claim("bc", Model::kBookAndClaim)), "50");
  EXPECT_EQ(Balance("mill", "cpo"), "20");
  issue = Issue("B2", "11");
  issue.lot = "L1";
  EXPECT_EQ(Post("2024-05-01", issue), Code::kDoubleIssue);
}

TEST_F(IssueCreditsTest, StockUnderSeveralClaimsLeavesAllOfThem) {
  AddCredits();
  AddScheme(R"({"scheme": "x", "models": {"MASS_BALANCE": {}},
                "certificate": {"required": false}})");
  Given("2024-01-01",
        Originate{.site = "mill",
                  .product = "cpo",
                  .quantity = Dec("30"),
                  .claim = Claim("bc", Model::kMassBalance),
                  .also = List({Claim("x", Model::kMassBalance)})});
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "30")), Code::kAccepted);
  EXPECT_EQ(Post("2024-05-02", Consume{.site = "mill",
                                       .product = "cpo",
                                       .quantity = Dec("1"),
                                       .claim = Claim("x", Model::kMassBalance),
                                       .beneficiary = "b"}),
            Code::kDoubleIssue);
}

TEST_F(IssueCreditsTest, ShortOfCertifiedStockIsADoubleIssue) {
  AddCredits();
  Produce("100");
  Given("2024-05-01", Issue("B1", "60"));
  EXPECT_EQ(Post("2024-05-02", Issue("B2", "41")), Code::kDoubleIssue);
  EXPECT_EQ(refusal().rule, "R24");
  EXPECT_EQ(refusal().citation, "BC 4.2");
  EXPECT_EQ(FigureOf("asked"), "41");
  EXPECT_EQ(FigureOf("available"), "40");
  EXPECT_EQ(Post("2024-05-02", Issue("B2", "40")), Code::kAccepted);
  EXPECT_EQ(Post("2024-05-02", Issue("B3", "1")), Code::kDoubleIssue);
}

TEST_F(IssueCreditsTest, BacksNothingThatCameLater) {
  AddCredits();
  Given("2024-06-01", Originate{.site = "mill",
                                .product = "cpo",
                                .quantity = Dec("10"),
                                .claim = Claim("bc", Model::kBookAndClaim)});
  EXPECT_EQ(Post("2024-05-31", Issue("B1", "10")), Code::kDoubleIssue);
  EXPECT_EQ(Post("2024-06-01", Issue("B1", "10")), Code::kAccepted);
}

TEST_F(IssueCreditsTest, WhatWasBookedIsMissedAsADoubleIssue) {
  AddCredits();
  Produce("100", Model::kSegregated);
  Given("2024-05-01", Issue("B1", "60"));
  EXPECT_EQ(Post("2024-05-02", Consume{.site = "mill",
                                       .product = "cpo",
                                       .quantity = Dec("41"),
                                       .claim = Claim("bc", Model::kSegregated),
                                       .beneficiary = "b"}),
            Code::kDoubleIssue);
}

TEST_F(IssueCreditsTest, OneEvidenceBacksOneBlock) {
  AddCredits();
  Produce("100");
  IssueCredits issue = Issue("B1", "10");
  issue.evidence = "METER-7";
  Given("2024-05-01", issue);
  issue.block = "B2";
  EXPECT_EQ(Post("2024-05-01", issue), Code::kDoubleIssue);
  issue.evidence = "METER-8";
  EXPECT_EQ(Post("2024-05-01", issue), Code::kAccepted);
}

TEST_F(IssueCreditsTest, ABlockIdIsUsedOnce) {
  AddCredits();
  Produce("100");
  Given("2024-05-01", Issue("B1", "10"));
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "10")), Code::kSerial);
}

TEST_F(IssueCreditsTest, OnlySitesOfTheListedKindsIssue) {
  AddCredits(R"({"issuer_site_kinds": ["CRUSHER", "MILL"]})");
  AddSite("depot", "miller", {"TRADER"});
  Produce("100");
  IssueCredits issue = Issue("B1", "10");
  issue.site = "depot";
  EXPECT_EQ(Post("2024-05-01", issue), Code::kRole);
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "10")), Code::kAccepted);
}

TEST_F(IssueCreditsTest, TheWindowEndsWithAMonth) {
  AddCredits(R"({"issue_window_months": 11})");
  Produce("100");
  EXPECT_EQ(Post("2023-06-01", Issue("B1", "10", "2022-01-01/2022-06-30")),
            Code::kIssueWindow);
  EXPECT_EQ(Post("2023-05-31", Issue("B1", "10", "2022-01-01/2022-06-30")),
            Code::kAccepted);
  EXPECT_EQ(Post("2023-01-31", Issue("B2", "10", "2022-02-01/2022-02-28")),
            Code::kAccepted);
}

TEST_F(IssueCreditsTest, QuantitiesAreMultiplesOfTheUnit) {
  AddCredits(R"({"unit": "25"})");
  Produce("100");
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "60")), Code::kInvalidQuantity);
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "75")), Code::kAccepted);
  EXPECT_EQ(Drawn(), "B1 1-3");
}

TEST_F(IssueCreditsTest, AUnitFinerThanTheProductIsRefused) {
  AddCredits(R"({"unit": "0.01"})");
  Produce("100");
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "60")), Code::kInvalidQuantity);
}

TEST_F(IssueCreditsTest, SerialsStandForTheUnit) {
  AddCredits(R"({"unit": "0.01"})");
  Given("2024-01-01", Originate{.site = "mill",
                                .product = "gold",
                                .quantity = Dec("3.60"),
                                .claim = Claim("bc", Model::kBookAndClaim)});
  IssueCredits issue = Issue("B1", "3.6");
  issue.product = "gold";
  EXPECT_EQ(Post("2024-05-01", issue), Code::kAccepted) << Explain();
  EXPECT_EQ(Drawn(), "B1 1-360");
}

TEST_F(IssueCreditsTest, RefusesWhatIsUnknownOrMalformed) {
  AddCredits();
  AddScheme(R"({"scheme": "physical", "models": {"SEGREGATED": {}}})");
  Produce("100");
  const auto answer = [this](auto change) {
    IssueCredits issue = Issue("B1", "10");
    change(issue);
    return Post("2024-05-01", issue);
  };
  EXPECT_EQ(answer([](auto& i) { i.site = "x"; }), Code::kUnknownSite);
  EXPECT_EQ(answer([](auto& i) { i.product = "x"; }), Code::kUnknownProduct);
  EXPECT_EQ(answer([](auto& i) { i.scheme = "x"; }), Code::kUnknownScheme);
  EXPECT_EQ(answer([](auto& i) { i.scheme = "physical"; }),
            Code::kUnknownModel);
  EXPECT_EQ(answer([](auto& i) { i.lot = "x"; }), Code::kUnknownLot);
  EXPECT_EQ(answer([](auto& i) { i.vintage = "2024-13"; }),
            Code::kInvalidArgument);
  EXPECT_EQ(answer([](auto& i) { i.quantity = Dec("1.5"); }),
            Code::kInvalidQuantity);
}

TEST_F(IssueCreditsTest, WarnsOfAnEarlyEnd) {
  AddCredits(R"({"expiry": {"kind": "MONTHS_FROM_PRODUCTION", "count": 12}})");
  Produce("100");
  Given("2025-01-01", Issue("B1", "10", "2024-01"));
  EXPECT_TRUE(Warned(Warning::kExpiring));
  Given("2025-01-01", Issue("B2", "10", "2024-02"));
  EXPECT_FALSE(Warned(Warning::kExpiring));
}

TEST_F(IssueCreditsTest, TheLargestQuantityThereIsCanBeBookedOnce) {
  AddCredits();
  Produce("9223372036854775807");
  EXPECT_EQ(Post("2024-05-01", Issue("B1", "9223372036854775807")),
            Code::kAccepted);
  EXPECT_EQ(Drawn(), "B1 1-9223372036854775807");
  Given("2024-05-01", Adjust{.site = "mill",
                             .product = "cpo",
                             .quantity = Dec("9223372036854775807"),
                             .reason = AdjustReason::kConventionalSale});
  Given("2024-05-01", Originate{.site = "mill",
                                .product = "cpo",
                                .quantity = Dec("9223372036854775807"),
                                .claim = Claim("bc", Model::kBookAndClaim)});
  EXPECT_EQ(Post("2024-05-01", Issue("B2", "9223372036854775807")),
            Code::kOverflow);
}

}  // namespace
}  // namespace tally
