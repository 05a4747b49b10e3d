// The balance of each kind of holding, as at a date and as known at a
// position: physical, entitlement by credit and by percentage, with an end,
// by origin, and in lots.

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/balance_queries.h"
#include "engine/ledger/certificate_queries.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally {
namespace {

using testing::ElementsAre;

constexpr std::string_view kScheme = R"({"scheme": "x",
    "certificate": {"required": false},
    "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
      "CONTROLLED_BLENDING": {}, "BOOK_AND_CLAIM": {},
      "MASS_BALANCE": {"carry_over": {"kind": "MONTHS", "count": 1}}}})";
constexpr std::string_view kPercentage = R"({"scheme": "p",
    "certificate": {"required": false}, "mixing": {"origin_match": true},
    "models": {"MASS_BALANCE": {"method": "PERCENTAGE", "scope": "PARTY"}}})";
constexpr std::string_view kGroup = R"({"scheme": "g",
    "models": {"SEGREGATED": {}}, "group": {"min_compliant_pct": "80"}})";

class HoldingsTest : public LedgerFixture {
 protected:
  HoldingsTest() {
    Open();
    AddWorld({"mill", "shop"});
    for (const std::string_view scheme : {kScheme, kPercentage, kGroup}) {
      PostOne(scheme.substr(0, 20), DefineScheme{.profile = scheme},
              "2024-01-01");
    }
  }

  // Answers the position.
  Position In(std::string_view name, std::string_view when, ClaimName claim,
              std::string_view quantity, std::string_view lot = {},
              std::string_view origin = {}) {
    const Outcome outcome =
        PostOne(name,
                Receive{.site = "mill",
                        .product = "oil",
                        .quantity = Dec(quantity),
                        .claim = claim,
                        .supplier = "plant",
                        .lot = lot,
                        .attributes = {.origin_country = origin}},
                when);
    EXPECT_EQ(outcome.code, Code::kAccepted);
    return outcome.position;
  }

  std::string At(const BalanceQuestion& question) {
    const auto answer = GetBalance(*ledger_, question);
    return answer.ok() ? answer->balance.amount.ToString()
                       : answer.status().ToString();
  }

  // As at two dates, and as known at two positions on the latest of them.
  void ExpectBalances(BalanceQuestion question, Position first, Position second,
                      const std::vector<std::string>& expected) {
    question.as_at = Day("2025-01-15");
    const std::string early = At(question);
    question.as_at = Day("2025-01-31");
    const std::string late = At(question);
    question.as_known_at = first;
    const std::string known_first = At(question);
    question.as_known_at = second;
    EXPECT_THAT(
        (std::vector<std::string>{early, late, known_first, At(question)}),
        testing::ElementsAreArray(expected));
  }
};

TEST_F(HoldingsTest, EveryModelInPoolsAndLots) {
  const ClaimName kinds[] = {
      {"x", Model::kIdentityPreserved},  {"x", Model::kSegregated},
      {"x", Model::kControlledBlending}, {"x", Model::kBookAndClaim},
      {"x", Model::kMassBalance},        {}};
  for (const ClaimName& claim : kinds) {
    const std::string name(ModelName(claim.model));
    const bool in_lots = claim.model == Model::kIdentityPreserved;
    const std::string lots[] = {in_lots ? name + "1" : "",
                                in_lots ? name + "2" : ""};
    const Position first = In(name + "a", "2025-01-20", claim, "10", lots[0]);
    const Position second = In(name + "b", "2025-01-10", claim, "5", lots[1]);
    SCOPED_TRACE(name);
    BalanceQuestion question{.site = "mill",
                             .product = "oil",
                             .scheme = claim.scheme,
                             .model = claim.model};
    ExpectBalances(question, first, second, {"5", "15", "10", "15"});
    if (!in_lots) continue;
    question.lot = lots[1];
    ExpectBalances(question, first, second, {"5", "5", "0", "5"});
  }
}

TEST_F(HoldingsTest, WhatEndsIsSeenAsItWasForeseen) {
  const ClaimName claim{"x", Model::kMassBalance};
  const Position first = In("a", "2025-01-01", claim, "10");
  const Position used = PostOne("b",
                                Consume{.site = "mill",
                                        .product = "oil",
                                        .quantity = Dec("4"),
                                        .claim = claim,
                                        .beneficiary = "us"},
                                "2025-01-20")
                            .position;
  BalanceQuestion question{.site = "mill",
                           .product = "oil",
                           .scheme = "x",
                           .model = Model::kMassBalance};
  ExpectBalances(question, first, used, {"10", "6", "10", "6"});
  question.as_at = Day("2025-02-02");
  EXPECT_EQ(At(question), "0");
  question.scheme = {};
  question.model = Model::kConventional;
  EXPECT_EQ(At(question), "6");
  question.as_known_at = first;
  EXPECT_EQ(At(question), "10");
}

TEST_F(HoldingsTest, APercentageAccountIsOfItsScopeAndAllItsOrigins) {
  const ClaimName claim{"p", Model::kMassBalance};
  const Position first = In("a", "2025-01-20", claim, "10", {}, "MY");
  const Position second = In("b", "2025-01-10", claim, "5", {}, "ID");
  ExpectBalances({.site = "shop",
                  .product = "oil",
                  .scheme = "p",
                  .model = Model::kMassBalance},
                 first, second, {"5", "15", "10", "15"});
}

TEST_F(HoldingsTest, AGroupBelowItsShareShowsThatItHasNoLicence) {
  PostOne("cb",
          RegisterParty{
              .party = "cb",
              .roles = std::initializer_list<Role>{Role::kCertificationBody}},
          "2024-01-01");
  const std::string_view sites[] = {"mill"};
  const std::string_view products[] = {"*"};
  const Model models[] = {Model::kSegregated};
  PostOne("grant",
          GrantCertificate{.certificate = "C1",
                           .scheme = "g",
                           .holder = "miller",
                           .body = "cb",
                           .sites = sites,
                           .products = products,
                           .models = models,
                           .from = Day("2024-01-01"),
                           .to = Day("2026-12-31")},
          "2024-01-01");
  for (const std::string_view member : {"m1", "m2", "m3", "m4", "m5"}) {
    PostOne(member, AddGroupMember{.certificate = "C1", .member = member},
            "2024-01-02");
  }
  for (const std::string_view member : {"m1", "m2"}) {
    const std::string when = std::string("2024-02-0") + member.back();
    PostOne(std::string("bad") + member.back(),
            RecordAssessment{.certificate = "C1",
                             .effective_from = Day(when),
                             .member = member,
                             .non_compliant = true},
            when);
  }
  std::vector<std::string> seen;
  for (const std::string_view date :
       {"2024-01-31", "2024-02-01", "2024-02-02"}) {
    const auto answer = GetCertificate(*ledger_, "C1", Day(date));
    ASSERT_TRUE(answer.ok()) << answer.status();
    const CertificateView& view = answer->certificate;
    seen.push_back(std::to_string(view.compliant_count) + " of " +
                   std::to_string(view.member_count) + ", needs " +
                   std::to_string(view.compliant_needed) +
                   (view.without_licence ? ": none" : ""));
  }
  EXPECT_THAT(seen, ElementsAre("5 of 5, needs 4", "4 of 5, needs 4",
                                "3 of 5, needs 4: none"));
}

}  // namespace
}  // namespace tally
