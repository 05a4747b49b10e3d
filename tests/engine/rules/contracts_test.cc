// R08 contracts, R26 attributes by themselves, R29 a group's licence: what
// the figures of their refusals say, and that a plan is taken back whole.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kEntitled{.scheme = "x", .model = Model::kMassBalance};
constexpr ClaimName kLots{.scheme = "x", .model = Model::kSegregated};

class ContractsTest : public RulesFixture {
 protected:
  ContractsTest() {
    AddScheme(R"({"scheme": "x", "certificate": {"required": false},
                  "single_use_attributes": ["GHG_SAVING"],
                  "models": {"SEGREGATED": {},
                             "MASS_BALANCE": {"contract_months": 3}}})");
    AddParty("trader", {Role::kOperator});
    AddSite("depot", "trader");
    AddProduct("oil", 0);
  }

  Code Agree(std::string_view contract, std::string_view quantity, bool sale,
             std::string_view when = "2025-01-10") {
    return Post(when, AgreeContract{.contract = contract,
                                    .site = "depot",
                                    .sale = sale,
                                    .product = "oil",
                                    .quantity = Dec(quantity),
                                    .claim = kEntitled,
                                    .counterparty = "other",
                                    .deliver_by = Day("2025-03-01")});
  }
  void Bring(std::string_view quantity) {
    Given("2025-01-05", Receive{.site = "depot",
                                .product = "oil",
                                .quantity = Dec(quantity),
                                .claim = kEntitled,
                                .supplier = "plant"});
  }
  Code Sell(std::string_view quantity) {
    return Post("2025-01-11", Consume{.site = "depot",
                                      .product = "oil",
                                      .quantity = Dec(quantity),
                                      .claim = kEntitled,
                                      .beneficiary = "us"});
  }
  Code Claim(std::string_view quantity, std::string_view attribute) {
    return Post("2025-01-12", Consume{.site = "depot",
                                      .product = "oil",
                                      .quantity = Dec(quantity),
                                      .claim = kLots,
                                      .lot = "L1",
                                      .beneficiary = "us",
                                      .attribute = attribute});
  }
};

TEST_F(ContractsTest, ASaleIsCoveredByStockAndPurchases) {
  Bring("10");
  ASSERT_EQ(Agree("B1", "5", false), Code::kAccepted);
  EXPECT_EQ(Agree("S1", "16", true), Code::kInsufficient);
  EXPECT_EQ(refusal().rule, "R08");
  EXPECT_EQ(FigureOf("stock"), "10");
  EXPECT_EQ(FigureOf("bought"), "5");
  EXPECT_EQ(FigureOf("missing"), "1");
  EXPECT_EQ(Agree("S1", "15", true), Code::kAccepted);
  EXPECT_EQ(Agree("S2", "1", true), Code::kInsufficient);
  EXPECT_EQ(FigureOf("sold"), "15");
}

TEST_F(ContractsTest, WhatIsBoughtIsNotDelivered) {
  Bring("10");
  ASSERT_EQ(Agree("B1", "5", false), Code::kAccepted);
  EXPECT_EQ(Sell("15"), Code::kDeliverShort);
  EXPECT_EQ(refusal().rule, "R08");
  EXPECT_THAT(refusal().message, testing::HasSubstr("5 is bought"));
  EXPECT_EQ(Sell("16"), Code::kInsufficient);
  EXPECT_EQ(Sell("10"), Code::kAccepted);
}

TEST_F(ContractsTest, APlanOfAContractIsTakenBack) {
  ASSERT_EQ(Agree("B1", "5", false), Code::kAccepted);
  EXPECT_EQ(state().contracts().size(), 1);
  EXPECT_EQ(state().contracts().at(ContractIndex(0)).Open(), Quantity(5));
  EXPECT_EQ(Agree("B1", "5", false), Code::kAlreadyExists);
}

TEST_F(ContractsTest, AnAttributeIsClaimedOnce) {
  Given("2025-01-05", Originate{.site = "depot",
                                .product = "oil",
                                .quantity = Dec("10"),
                                .claim = kLots,
                                .lot = "L1"});
  // More than there is, of which nothing was claimed, is a mere shortage.
  EXPECT_EQ(Claim("11", "GHG_SAVING"), Code::kInsufficient);
  EXPECT_EQ(FigureOf("available"), "10");
  EXPECT_EQ(Claim("4", "COLOUR"), Code::kInvalidArgument);
  ASSERT_EQ(Claim("4", "GHG_SAVING"), Code::kAccepted);
  EXPECT_EQ(Balance("depot", "oil", kLots, "L1"), "10");
  EXPECT_EQ(Claim("7", "GHG_SAVING"), Code::kDoubleAttribute);
  EXPECT_EQ(FigureOf("claimed"), "4");
  EXPECT_EQ(Claim("11", "GHG_SAVING"), Code::kDoubleAttribute);
  EXPECT_EQ(Claim("7", ""), Code::kDoubleAttribute);
  EXPECT_EQ(FigureOf("available"), "6");
  EXPECT_EQ(refusal().rule, "R26");
  EXPECT_EQ(Claim("6", ""), Code::kAccepted);
  EXPECT_EQ(Claim("1", ""), Code::kDoubleAttribute);
}

TEST_F(ContractsTest, AGroupBelowItsShareSaysHowManyAreMissing) {
  AddScheme(R"({"scheme": "g", "models": {"MASS_BALANCE": {}},
                "group": {"min_compliant_pct": "66.6"}})");
  AddParty("cb", {Role::kCertificationBody});
  Given("2024-01-01", GrantCertificate{.certificate = "C1",
                                       .scheme = "g",
                                       .holder = "trader",
                                       .body = "cb",
                                       .sites = Names({"depot"}),
                                       .products = Names({"*"}),
                                       .models = List({Model::kMassBalance}),
                                       .from = Day("2024-01-01"),
                                       .to = Day("2026-12-31")});
  for (const std::string_view member : {"m1", "m2", "m3"}) {
    Given("2024-01-02", AddGroupMember{.certificate = "C1", .member = member});
  }
  const auto bring = [&](std::string_view when) {
    return Post(when, Originate{.site = "depot",
                                .product = "oil",
                                .quantity = Dec("1"),
                                .claim = {"g", Model::kMassBalance}});
  };
  const auto fails = [&](std::string_view member) {
    Given("2024-02-01", RecordAssessment{.certificate = "C1",
                                         .effective_from = Day("2024-02-01"),
                                         .member = member,
                                         .non_compliant = true});
  };
  fails("m1");
  EXPECT_EQ(bring("2024-02-01"), Code::kAccepted);
  fails("m2");
  EXPECT_EQ(bring("2024-02-01"), Code::kCertInvalid);
  EXPECT_THAT(refusal().message,
              testing::HasSubstr("1 of 3 members comply on 2024-02-01, and "
                                 "the scheme asks for 2"));
  EXPECT_EQ(bring("2024-01-31"), Code::kAccepted);
}

TEST_F(ContractsTest, AShortPeriodWarnsWithItsFigures) {
  AddScheme(R"({"scheme": "f", "certificate": {"required": false},
                "models": {"MASS_BALANCE": {"accounting": "FIXED_PERIOD",
                  "allow_short_within_period": true}}})");
  const ClaimName claim{"f", Model::kMassBalance};
  Given(
      "2025-01-01",
      OpenPeriod{.account = {.site = "depot", .product = "oil", .scheme = "f"},
                 .from = Day("2025-01-01"),
                 .to = Day("2025-03-31")});
  Given("2025-01-05", Consume{.site = "depot",
                              .product = "oil",
                              .quantity = Dec("3"),
                              .claim = claim,
                              .beneficiary = "us"});
  std::string figures;
  for (const WarningFigure& one : plan().decision.figures) {
    EXPECT_EQ(one.warning, Warning::kShortInPeriod);
    figures += one.figure.name + "=" + one.figure.value + " ";
  }
  EXPECT_EQ(figures,
            "balance=-3 announced=0 forecast=-3 closes_on=2025-03-31 ");
}

}  // namespace
}  // namespace tally
