#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class EntryTest : public RulesFixture {
 protected:
  EntryTest() {
    AddScheme(R"({"scheme": "slow", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}},
                  "citations": {"R37": "clause 5.7"}})");
    AddScheme(R"({"scheme": "quick", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {}},
                  "entry_lag_days": 10, "citations": {"R37": "clause 5.7"}})");
    AddParty("miller", {Role::kOperator});
    AddParty("cb", {Role::kCertificationBody});
    AddSite("mill", "miller");
    AddProduct("cpo", 0);
  }

  static Originate Origination(std::string_view scheme) {
    return {.site = "mill",
            .product = "cpo",
            .quantity = Dec("10"),
            .claim = Claim(scheme, Model::kSegregated)};
  }
};

TEST_F(EntryTest, IsRecordedWithinTheLag) {
  EXPECT_EQ(Post("2025-01-01T23:59:59Z", Origination("quick"),
                 {.recorded_at = "2025-01-11T23:59:59Z"}),
            Code::kAccepted);
  EXPECT_EQ(
      Post("2025-01-01", Origination("quick"), {.recorded_at = "2025-01-12"}),
      Code::kLateEntry);
  EXPECT_EQ(refusal().rule, "R37");
  EXPECT_EQ(refusal().citation, "clause 5.7");
  EXPECT_EQ(FigureOf("days"), "11");
  EXPECT_EQ(FigureOf("allowed"), "10");
}

TEST_F(EntryTest, ASchemeWithoutLagTakesWhatIsLate) {
  EXPECT_EQ(
      Post("2025-01-01", Origination("slow"), {.recorded_at = "2030-01-01"}),
      Code::kAccepted);
}

TEST_F(EntryTest, EverySchemeThatIsNamedCounts) {
  const Envelope late{.recorded_at = "2025-02-01"};
  Originate originate = Origination("slow");
  originate.also = List({Claim("quick", Model::kSegregated)});
  EXPECT_EQ(Post("2025-01-01", originate, late), Code::kLateEntry);
  Given("2025-01-01", Origination("quick"));
  EXPECT_EQ(Post("2025-01-02",
                 Ship{.shipment = "S1",
                      .from_site = "mill",
                      .to_external = "buyer",
                      .lines = List({ShipLine{
                          .product = "cpo",
                          .quantity = Dec("1"),
                          .claim = Claim("quick", Model::kSegregated)}})},
                 late),
            Code::kLateEntry);
  EXPECT_EQ(Post("2025-01-02",
                 Process{.site = "mill",
                         .process = "split",
                         .inputs = List({ProcessInput{
                             .product = "cpo",
                             .quantity = Dec("1"),
                             .claim = Claim("quick", Model::kSegregated)}}),
                         .outputs = List({ProcessOutput{
                             .product = "cpo", .quantity = Dec("1")}})},
                 late),
            Code::kLateEntry);
}

TEST_F(EntryTest, WhatNamesNoSchemeMayBeLate) {
  EXPECT_EQ(Post("2025-01-01",
                 Receive{.site = "mill",
                         .product = "cpo",
                         .quantity = Dec("10"),
                         .supplier = "market"},
                 {.recorded_at = "2025-06-01"}),
            Code::kAccepted);
}

TEST_F(EntryTest, CertificatesHaveDatesOfTheirOwn) {
  EXPECT_EQ(Post("2025-01-01",
                 GrantCertificate{.certificate = "C1",
                                  .scheme = "quick",
                                  .holder = "miller",
                                  .body = "cb",
                                  .sites = Names({"mill"}),
                                  .products = Names({"*"}),
                                  .models = List({Model::kSegregated}),
                                  .from = Day("2025-01-01"),
                                  .to = Day("2025-12-31")},
                 {.recorded_at = "2025-06-01"}),
            Code::kAccepted);
}

}  // namespace
}  // namespace tally
