#include "engine/state/certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr SchemeIndex kScheme(0);
constexpr SiteIndex kMill(0);
constexpr SiteIndex kDepot(1);
constexpr ProductIndex kOil(0);
constexpr PartyIndex kHolder(0);

Date Day(int year, int month, int day) {
  return Date::FromCivil(year, month, day);
}

Certificate Good(Date from, Date to) {
  return {.scheme = kScheme,
          .holder = kHolder,
          .body = PartyIndex(1),
          .from = from,
          .caps = {{kOil, Quantity(100)}},
          .granted = {.effective_from = from,
                      .sites = {kMill},
                      .products = {.listed = {kOil}},
                      .models = {Model::kSegregated},
                      .to = to}};
}

class CertificatesTest : public testing::Test {
 protected:
  CertificatesTest() {
    index_ = certificates_.Add("C1", Good(Day(2025, 1, 1), Day(2027, 12, 31)));
  }
  const Certificate& c1() const { return certificates_.at(index_); }

  Certificates certificates_;
  CertificateIndex index_;
};

TEST_F(CertificatesTest, IsFoundByNameSiteAndHolder) {
  EXPECT_EQ(certificates_.Find("C1"), index_);
  EXPECT_EQ(certificates_.NameOf(index_), "C1");
  EXPECT_THAT(certificates_.Of(kScheme, kMill), ElementsAre(index_));
  EXPECT_THAT(certificates_.Of(kScheme, kDepot), IsEmpty());
  EXPECT_THAT(certificates_.Of(SchemeIndex(1), kMill), IsEmpty());
  EXPECT_THAT(certificates_.HeldBy(kScheme, kHolder), ElementsAre(index_));
  certificates_.RemoveLast();
  EXPECT_FALSE(certificates_.Find("C1").valid());
  EXPECT_THAT(certificates_.Of(kScheme, kMill), IsEmpty());
  EXPECT_THAT(certificates_.HeldBy(kScheme, kHolder), IsEmpty());
}

TEST_F(CertificatesTest, AnAmendmentListsItsSitesAndTakesThemAlong) {
  const auto second =
      certificates_.Add("C2", Good(Day(2025, 1, 1), Day(2027, 12, 31)));
  certificates_.AddAmendment(index_,
                             {.effective_from = Day(2025, 6, 1),
                              .sites = std::vector<SiteIndex>{kDepot, kMill}});
  certificates_.AddAmendment(
      index_, {.effective_from = Day(2025, 3, 1), .level = "HIGH"});
  EXPECT_THAT(certificates_.Of(kScheme, kDepot), ElementsAre(index_));
  EXPECT_THAT(certificates_.Of(kScheme, kMill), ElementsAre(index_, second));
  EXPECT_EQ(c1().TermsAt(Day(2025, 7, 1)).level, "HIGH");

  certificates_.RemoveAmendment(index_);
  EXPECT_EQ(c1().TermsAt(Day(2025, 7, 1)).level, "");
  EXPECT_TRUE(c1().TermsAt(Day(2025, 7, 1)).CoversSite(kDepot));
  certificates_.RemoveAmendment(index_);
  EXPECT_THAT(certificates_.Of(kScheme, kDepot), IsEmpty());
  EXPECT_FALSE(c1().TermsAt(Day(2025, 7, 1)).CoversSite(kDepot));
}

TEST_F(CertificatesTest, ExpiresByTheTermsOfTheDay) {
  certificates_.AddAmendment(
      index_, {.effective_from = Day(2028, 3, 1), .to = Day(2028, 12, 31)});
  EXPECT_EQ(c1().StatusAt(Day(2024, 12, 31)), CertificateStatus::kExpired);
  EXPECT_EQ(c1().StatusAt(Day(2027, 12, 31)), CertificateStatus::kValid);
  // A gap, until the extension begins.
  EXPECT_EQ(c1().StatusAt(Day(2028, 1, 1)), CertificateStatus::kExpired);
  EXPECT_EQ(c1().StatusAt(Day(2028, 3, 1)), CertificateStatus::kValid);
  EXPECT_EQ(c1().StatusAt(Day(2029, 1, 1)), CertificateStatus::kExpired);
}

TEST_F(CertificatesTest, OfTwoStatusesFromOneDayTheLaterSaidHolds) {
  certificates_.AddStatus(index_,
                          {Day(2025, 5, 1), CertificateStatus::kSuspended});
  certificates_.AddStatus(index_, {Day(2025, 5, 1), CertificateStatus::kValid});
  EXPECT_EQ(c1().StatusAt(Day(2025, 5, 1)), CertificateStatus::kValid);
  certificates_.RemoveStatus(index_);
  EXPECT_EQ(c1().StatusAt(Day(2025, 5, 1)), CertificateStatus::kSuspended);
}

TEST_F(CertificatesTest, AYearFromALeapDayBeginsOnTheLastOfFebruary) {
  const auto leap =
      certificates_.Add("C2", Good(Day(2024, 2, 29), Day(2029, 2, 27)));
  const Certificate& certificate = certificates_.at(leap);
  EXPECT_EQ(certificate.YearOf(Day(2025, 2, 27)), 0);
  EXPECT_EQ(certificate.YearOf(Day(2025, 2, 28)), 1);
  EXPECT_EQ(certificate.YearOf(Day(2028, 2, 28)), 3);
  EXPECT_EQ(certificate.YearOf(Day(2028, 2, 29)), 4);
  EXPECT_EQ(certificate.DaysOf(0),
            (DateRange{Day(2024, 2, 29), Day(2025, 2, 27)}));
  EXPECT_EQ(certificate.DaysOf(4),
            (DateRange{Day(2028, 2, 29), Day(2029, 2, 27)}));
}

TEST_F(CertificatesTest, WhatRemainsIsTheCapLessTheLargerDraw) {
  EXPECT_EQ(c1().Remaining(ProductIndex(7), 0), std::nullopt);
  EXPECT_EQ(c1().Remaining(kOil, 0), Quantity(100));
  certificates_.Use(index_, {kOil, 0, CapUse::kOriginated}, Quantity(60));
  EXPECT_EQ(c1().Remaining(kOil, 0), Quantity(40));
  certificates_.Use(index_, {kOil, 0, CapUse::kDelivered}, Quantity(70));
  EXPECT_EQ(c1().Remaining(kOil, 0), Quantity(30));
  EXPECT_EQ(c1().Remaining(kOil, 1), Quantity(100));
  certificates_.AddExtension(index_, {kOil, 0, Quantity(5)});
  EXPECT_EQ(c1().Remaining(kOil, 0), Quantity(35));
  certificates_.RemoveExtension(index_);
  certificates_.Use(index_, {kOil, 0, CapUse::kDelivered}, Quantity(-70));
  EXPECT_EQ(c1().Remaining(kOil, 0), Quantity(40));
}

TEST_F(CertificatesTest, AnExtensionBeyondEveryQuantityIsTheLargest) {
  certificates_.AddExtension(index_, {kOil, 0, Quantity::Max()});
  EXPECT_EQ(c1().CapOf(kOil, 0), Quantity::Max());
}

TEST_F(CertificatesTest, MembersComeAndAreTakenBack) {
  certificates_.AddMember(index_, {.member = "a", .since = Day(2025, 2, 1)});
  certificates_.AddMember(index_, {.member = "b", .since = Day(2025, 3, 1)});
  EXPECT_EQ(c1().FindMember("b", Day(2025, 3, 1)), 1);
  EXPECT_EQ(c1().FindMember("b", Day(2025, 2, 28)), -1);
  certificates_.RemoveMember(index_);
  EXPECT_EQ(c1().FindMember("b", Day(2025, 3, 1)), -1);
}

}  // namespace
}  // namespace tally
