#include "engine/state/lot_certificates.h"

#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class LotCertificatesTest : public RulesFixture {
 protected:
  LotCertificatesTest() {
    AddScheme(R"({"scheme": "s", "models": {"SEGREGATED": {}}})");
    AddParty("miller", {Role::kOperator});
    AddParty("cb", {Role::kCertificationBody});
    AddSite("mill", "miller");
    AddProduct("cpo", 0);
    Given("2024-12-01", GrantCertificate{.certificate = "C1",
                                         .scheme = "s",
                                         .holder = "miller",
                                         .body = "cb",
                                         .sites = Names({"mill"}),
                                         .products = Names({"*"}),
                                         .models = List({Model::kSegregated}),
                                         .from = Day("2025-01-01"),
                                         .to = Day("2025-12-31")});
    Make("2025-05-31", "before");
    Make("2025-06-01", "after");
  }

  void Make(std::string_view date, std::string_view lot) {
    Given(date, Originate{.site = "mill",
                          .product = "cpo",
                          .quantity = Dec("1"),
                          .claim = Claim("s", Model::kSegregated),
                          .lot = lot});
  }
  void Set(CertificateStatus status, std::string_view from) {
    Given("2025-07-01", SetCertificateStatus{.certificate = "C1",
                                             .status = status,
                                             .effective_from = Day(from)});
  }
  bool IsFlagged(std::string_view lot) const {
    return WasMadeUncertified(state(), state().lots().Find(lot));
  }
};

TEST_F(LotCertificatesTest, WhatWasMadeSinceThePastDateIsFlagged) {
  EXPECT_FALSE(IsFlagged("after"));
  Set(CertificateStatus::kSuspended, "2025-06-01");
  EXPECT_FALSE(IsFlagged("before"));
  EXPECT_TRUE(IsFlagged("after"));
  // That it is valid again does not make it so for then.
  Set(CertificateStatus::kValid, "2025-06-15");
  EXPECT_TRUE(IsFlagged("after"));
  Make("2025-06-20", "later");
  EXPECT_FALSE(IsFlagged("later"));
}

TEST_F(LotCertificatesTest, ToBeValidFlagsNothing) {
  Set(CertificateStatus::kValid, "2025-01-01");
  EXPECT_FALSE(IsFlagged("after"));
}

TEST_F(LotCertificatesTest, OtherSitesAreNotConcerned) {
  AddSite("depot", "miller");
  Given("2025-01-01", AmendCertificate{.certificate = "C1",
                                       .effective_from = Day("2025-06-01"),
                                       .sites = Names({"depot"})});
  Set(CertificateStatus::kWithdrawn, "2025-06-01");
  EXPECT_FALSE(IsFlagged("after"));
}

}  // namespace
}  // namespace tally
