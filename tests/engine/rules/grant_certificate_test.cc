#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class GrantCertificateTest : public RulesFixture {
 protected:
  GrantCertificateTest() {
    AddScheme(R"({"scheme": "s", "levels": ["LOW", "HIGH"],
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {}}})");
    AddParty("miller", {Role::kOperator});
    AddParty("cb", {Role::kCertificationBody});
    AddSite("mill", "miller");
    AddSite("depot", "miller");
    AddProduct("cpo", 2);
    AddProduct("pk", 2);
  }

  GrantCertificate Good() {
    return {.certificate = "C1",
            .scheme = "s",
            .holder = "miller",
            .body = "cb",
            .sites = Names({"mill"}),
            .products = Names({"cpo"}),
            .models = List({Model::kSegregated}),
            .from = Day("2021-03-01"),
            .to = Day("2026-02-28"),
            .caps = List({Cap{.product = "cpo", .quantity = Dec("100")}}),
            .level = "LOW"};
  }
  void Grant() { Given("2021-02-01", Good()); }

  const Certificate& C1() const {
    return state().certificates().at(state().certificates().Find("C1"));
  }
  ProductIndex Product(std::string_view name) const {
    return state().registry().product_names.Find(name);
  }
  SiteIndex Site(std::string_view name) const {
    return state().registry().site_names.Find(name);
  }
};

TEST_F(GrantCertificateTest, GrantsWhatItSays) {
  Grant();

  EXPECT_EQ(C1().holder, state().registry().party_names.Find("miller"));
  EXPECT_EQ(C1().body, state().registry().party_names.Find("cb"));
  const CertifiedScope& terms = C1().TermsAt(Day("2021-03-01"));
  EXPECT_TRUE(terms.CoversSite(Site("mill")));
  EXPECT_FALSE(terms.CoversSite(Site("depot")));
  EXPECT_TRUE(terms.CoversProduct(Product("cpo")));
  EXPECT_FALSE(terms.CoversProduct(Product("pk")));
  EXPECT_TRUE(terms.CoversModel(Model::kSegregated));
  EXPECT_FALSE(terms.CoversModel(Model::kMassBalance));
  EXPECT_EQ(terms.level, "LOW");
  EXPECT_EQ(C1().CapOf(Product("cpo"), 0), Quantity(10000));
  EXPECT_EQ(C1().CapOf(Product("pk"), 0), std::nullopt);
}

TEST_F(GrantCertificateTest, AStarIsEveryProduct) {
  GrantCertificate grant = Good();
  grant.products = Names({"*"});
  Given("2021-02-01", grant);

  EXPECT_TRUE(C1().TermsAt(Day("2021-03-01")).CoversProduct(Product("pk")));
}

TEST_F(GrantCertificateTest, RefersOnlyToWhatIsKnown) {
  GrantCertificate grant = Good();
  grant.scheme = "none";
  EXPECT_EQ(Post("2021-02-01", grant), Code::kUnknownScheme);
  grant = Good();
  grant.holder = "none";
  EXPECT_EQ(Post("2021-02-01", grant), Code::kUnknownParty);
  grant = Good();
  grant.body = "none";
  EXPECT_EQ(Post("2021-02-01", grant), Code::kUnknownParty);
  EXPECT_EQ(refusal().violations[0].field, "grant_certificate.body");
  grant = Good();
  grant.sites = Names({"mill", "none"});
  EXPECT_EQ(Post("2021-02-01", grant), Code::kUnknownSite);
  EXPECT_EQ(refusal().violations[0].field, "grant_certificate.sites[1]");
  grant = Good();
  grant.products = Names({"none"});
  EXPECT_EQ(Post("2021-02-01", grant), Code::kUnknownProduct);
  grant = Good();
  grant.caps = List({Cap{.product = "none", .quantity = Dec("1")}});
  EXPECT_EQ(Post("2021-02-01", grant), Code::kUnknownProduct);
  grant = Good();
  grant.models = List({Model::kBookAndClaim});
  EXPECT_EQ(Post("2021-02-01", grant), Code::kUnknownModel);
  EXPECT_THAT(refusal().message, testing::HasSubstr("BOOK_AND_CLAIM"));
}

TEST_F(GrantCertificateTest, RefusesWhatCannotBe) {
  GrantCertificate grant = Good();
  grant.body = "miller";
  EXPECT_EQ(Post("2021-02-01", grant), Code::kRole);
  grant = Good();
  grant.level = "MIDDLE";
  EXPECT_EQ(Post("2021-02-01", grant), Code::kInvalidArgument);
  EXPECT_THAT(refusal().message, testing::HasSubstr("LOW, HIGH"));
  grant = Good();
  grant.caps = List({Cap{.product = "cpo", .quantity = Dec("1.001")}});
  EXPECT_EQ(Post("2021-02-01", grant), Code::kInvalidQuantity);
  EXPECT_EQ(refusal().violations[0].field, "grant_certificate.caps.cpo");
  Grant();
  EXPECT_EQ(Post("2021-02-01", Good()), Code::kAlreadyExists);
}

TEST_F(GrantCertificateTest, AmendsFromADateAndLeavesTheRest) {
  Grant();
  Given("2022-01-01", AmendCertificate{.certificate = "C1",
                                       .effective_from = Day("2022-06-01"),
                                       .sites = Names({"depot"}),
                                       .to = Day("2024-12-31")});
  // Posted later, bites earlier, and says nothing about sites.
  Given("2022-02-01", AmendCertificate{.certificate = "C1",
                                       .effective_from = Day("2022-03-01"),
                                       .products = Names({"*"}),
                                       .models = List({Model::kMassBalance}),
                                       .level = "HIGH"});

  const CertifiedScope& first = C1().TermsAt(Day("2022-02-28"));
  EXPECT_TRUE(first.CoversSite(Site("mill")));
  EXPECT_FALSE(first.CoversProduct(Product("pk")));
  const CertifiedScope& second = C1().TermsAt(Day("2022-03-01"));
  EXPECT_TRUE(second.CoversSite(Site("mill")));
  EXPECT_TRUE(second.CoversProduct(Product("pk")));
  EXPECT_TRUE(second.CoversModel(Model::kMassBalance));
  EXPECT_FALSE(second.CoversModel(Model::kSegregated));
  EXPECT_EQ(second.to, Day("2026-02-28"));
  const CertifiedScope& third = C1().TermsAt(Day("2022-06-01"));
  EXPECT_FALSE(third.CoversSite(Site("mill")));
  EXPECT_TRUE(third.CoversSite(Site("depot")));
  EXPECT_TRUE(third.CoversProduct(Product("pk")));
  EXPECT_EQ(third.level, "HIGH");
  EXPECT_EQ(C1().StatusAt(Day("2024-12-31")), CertificateStatus::kValid);
  EXPECT_EQ(C1().StatusAt(Day("2025-01-01")), CertificateStatus::kExpired);
  // Found for both sites: which terms hold is a matter of the date.
  const SchemeIndex scheme = state().schemes().Find("s");
  EXPECT_EQ(state().certificates().Of(scheme, Site("mill")).size(), 1);
  EXPECT_EQ(state().certificates().Of(scheme, Site("depot")).size(), 1);
}

TEST_F(GrantCertificateTest, AnAmendmentMayHoldFromTheStart) {
  Grant();
  Given("2022-01-01", AmendCertificate{.certificate = "C1",
                                       .effective_from = Day("2020-01-01"),
                                       .level = "HIGH"});
  EXPECT_EQ(C1().TermsAt(Day("2021-03-01")).level, "HIGH");
  EXPECT_EQ(C1().StatusAt(Day("2020-06-01")), CertificateStatus::kExpired);
}

TEST_F(GrantCertificateTest, AmendsWhatCanBe) {
  Grant();
  EXPECT_EQ(
      Post("2022-01-01", AmendCertificate{.certificate = "C1",
                                          .effective_from = Day("2021-03-01"),
                                          .to = Day("2021-02-28")}),
      Code::kInvalidArgument);
  EXPECT_EQ(refusal().violations[0].field, "amend_certificate.to");
  EXPECT_EQ(
      Post("2022-01-01", AmendCertificate{.certificate = "C1",
                                          .effective_from = Day("2021-03-01"),
                                          .sites = Names({"none"})}),
      Code::kUnknownSite);
  EXPECT_EQ(
      Post("2022-01-01", AmendCertificate{.certificate = "C2",
                                          .effective_from = Day("2021-03-01"),
                                          .level = "HIGH"}),
      Code::kUnknownCertificate);
}

TEST_F(GrantCertificateTest, AnExtensionRaisesTheYearThatHoldsItsDate) {
  Grant();
  Given("2022-02-28",
        ExtendVolume{
            .certificate = "C1", .product = "cpo", .quantity = Dec("25.5")});
  Given("2022-03-01",
        ExtendVolume{
            .certificate = "C1", .product = "cpo", .quantity = Dec("1")});

  EXPECT_EQ(C1().CapOf(Product("cpo"), 0), Quantity(12550));
  EXPECT_EQ(C1().CapOf(Product("cpo"), 1), Quantity(10100));
  EXPECT_EQ(C1().CapOf(Product("cpo"), 2), Quantity(10000));
}

TEST_F(GrantCertificateTest, WithoutCapThereIsNothingToExtend) {
  Grant();
  Given(
      "2022-01-01",
      ExtendVolume{.certificate = "C1", .product = "pk", .quantity = Dec("1")});
  EXPECT_EQ(C1().CapOf(Product("pk"), 0), std::nullopt);
  EXPECT_EQ(Post("2022-01-01", ExtendVolume{.certificate = "C1",
                                            .product = "cpo",
                                            .quantity = Dec("0.001")}),
            Code::kInvalidQuantity);
}

TEST_F(GrantCertificateTest, CalendarYearsCountFromTheFirstOfJanuary) {
  AddScheme(R"({"scheme": "k", "models": {"SEGREGATED": {}},
                "certificate": {"cap_year": "CALENDAR"}})");
  GrantCertificate grant = Good();
  grant.scheme = "k";
  grant.level = "";
  Given("2021-02-01", grant);

  EXPECT_EQ(C1().YearOf(Day("2021-12-31")), 0);
  EXPECT_EQ(C1().YearOf(Day("2022-01-01")), 1);
  EXPECT_EQ(C1().DaysOf(1), (DateRange{Day("2022-01-01"), Day("2022-12-31")}));
}

TEST_F(GrantCertificateTest, CertificateYearsCountFromItsFirstDay) {
  Grant();

  EXPECT_EQ(C1().YearOf(Day("2022-02-28")), 0);
  EXPECT_EQ(C1().YearOf(Day("2022-03-01")), 1);
  EXPECT_EQ(C1().DaysOf(1), (DateRange{Day("2022-03-01"), Day("2023-02-28")}));
}

TEST_F(GrantCertificateTest, AStatusHoldsFromItsDateWhateverCameFirst) {
  Grant();
  const auto set = [&](CertificateStatus status, std::string_view from) {
    return Post("2023-01-01",
                SetCertificateStatus{.certificate = "C1",
                                     .status = status,
                                     .effective_from = Day(from)});
  };
  EXPECT_EQ(set(CertificateStatus::kValid, "2022-08-01"), Code::kAccepted);
  EXPECT_EQ(set(CertificateStatus::kSuspended, "2022-06-01"), Code::kAccepted);

  EXPECT_EQ(C1().StatusAt(Day("2022-05-31")), CertificateStatus::kValid);
  EXPECT_EQ(C1().StatusAt(Day("2022-06-01")), CertificateStatus::kSuspended);
  EXPECT_EQ(C1().StatusAt(Day("2022-08-01")), CertificateStatus::kValid);
  // A gap: withdrawn, and valid again from the date that was said before.
  EXPECT_EQ(set(CertificateStatus::kWithdrawn, "2022-07-01"), Code::kAccepted);
  EXPECT_EQ(C1().StatusAt(Day("2022-06-30")), CertificateStatus::kSuspended);
  EXPECT_EQ(C1().StatusAt(Day("2022-07-31")), CertificateStatus::kWithdrawn);
  EXPECT_EQ(C1().StatusAt(Day("2022-08-01")), CertificateStatus::kValid);
  EXPECT_EQ(set(CertificateStatus::kValid, "2022-07-01"), Code::kAccepted);
  EXPECT_EQ(C1().StatusAt(Day("2022-07-01")), CertificateStatus::kValid);
}

TEST_F(GrantCertificateTest, AMemberJoinsOnceWithItsOwnCaps) {
  Grant();
  const AddGroupMember add{
      .certificate = "C1",
      .member = "farm-1",
      .caps = List({Cap{.product = "cpo", .quantity = Dec("5")}})};
  Given("2022-01-01", add);

  EXPECT_EQ(C1().FindMember("farm-1", Day("2021-12-31")), -1);
  ASSERT_EQ(C1().FindMember("farm-1", Day("2022-01-01")), 0);
  EXPECT_EQ(C1().members[0].CapOf(Product("cpo")), Quantity(500));
  EXPECT_EQ(C1().members[0].CapOf(Product("pk")), std::nullopt);
  EXPECT_EQ(Post("2022-01-02", add), Code::kAlreadyExists);
}

TEST_F(GrantCertificateTest, AnAssessmentChangesTheLevelFromItsDate) {
  Grant();
  Given("2022-01-01", RecordAssessment{.certificate = "C1",
                                       .level = "HIGH",
                                       .effective_from = Day("2022-02-01")});

  EXPECT_EQ(C1().TermsAt(Day("2022-01-31")).level, "LOW");
  EXPECT_EQ(C1().TermsAt(Day("2022-02-01")).level, "HIGH");
  EXPECT_EQ(
      Post("2022-01-01", RecordAssessment{.certificate = "C1",
                                          .level = "MIDDLE",
                                          .effective_from = Day("2022-02-01")}),
      Code::kInvalidArgument);
}

}  // namespace
}  // namespace tally
