#include <gtest/gtest.h>

#include <string_view>

#include "tests/engine/rules/shape_fixture.h"

namespace tally {
namespace {

TEST_F(ShapeTest, AHoldNamesOneThing) {
  EXPECT_EQ(WrongIn(Hold{.lot = "L1", .reason = "why"}), "");
  EXPECT_EQ(WrongIn(Hold{.site = "mill", .product = "cpo", .reason = "why"}),
            "");
  EXPECT_EQ(WrongIn(Hold{.reason = "why"}), "INVALID_ARGUMENT hold");
  EXPECT_EQ(WrongIn(Release{.lot = "L1", .block = "B1", .reason = "why"}),
            "INVALID_ARGUMENT release");
  EXPECT_EQ(WrongIn(Hold{.site = "mill", .reason = "why"}),
            "INVALID_ARGUMENT hold.product");
  EXPECT_EQ(WrongIn(Hold{.lot = "L1"}), "INVALID_ARGUMENT hold.reason");
}

TEST_F(ShapeTest, AVoidNamesItsEvent) {
  EXPECT_EQ(WrongIn(Void{.reason = "never happened"}),
            "INVALID_ARGUMENT void.event");
}

TEST_F(ShapeTest, NobodyPostsALapse) {
  EXPECT_EQ(WrongIn(Lapse{.shipment = "S1"}), "INVALID_ARGUMENT lapse");
}

TEST_F(ShapeTest, APeriodHasOneAccountAndItsDaysInOrder) {
  OpenPeriod open{.account = {.site = "mill", .product = "cpo", .scheme = "s"},
                  .from = Day("2025-01-01"),
                  .to = Day("2025-01-01")};
  EXPECT_EQ(WrongIn(open), "");
  open.to = Day("2024-12-31");
  EXPECT_EQ(WrongIn(open), "INVALID_ARGUMENT open_period.to");
  open.account.scope = "north";
  open.account.product = "";
  open.to = Date::Max();
  EXPECT_EQ(WrongIn(open),
            "INVALID_ARGUMENT open_period.account.site "
            "open_period.account.product open_period.to");
}

TEST_F(ShapeTest, AProductHasAUnitAndDecimals) {
  DefineProduct define{.product = "cpo", .unit = "TNE", .decimals = 6};
  EXPECT_EQ(WrongIn(define), "");
  for (const std::string_view unit : {"", "t", "tne", "TNES", "T-E"}) {
    define.unit = unit;
    EXPECT_EQ(WrongIn(define), "INVALID_ARGUMENT define_product.unit") << unit;
  }
  define.unit = "E4";
  define.decimals = 7;
  EXPECT_EQ(WrongIn(define), "INVALID_ARGUMENT define_product.decimals");
  define.decimals = -1;
  EXPECT_EQ(WrongIn(define), "INVALID_ARGUMENT define_product.decimals");
}

TEST_F(ShapeTest, APartyHasRolesAndCodes) {
  RegisterParty party{.party = "p", .roles = List({Role::kOperator})};
  EXPECT_EQ(WrongIn(party), "");
  party.roles = {};
  party.country = "CHE";
  party.lei = "506700ge1g29325qx363";
  party.gln = "761234500000";
  EXPECT_EQ(WrongIn(party),
            "INVALID_ARGUMENT register_party.roles register_party.country "
            "register_party.lei register_party.gln");
  party = {
      .party = "p",
      .roles = List({Role::kOperator, Role::kOperator, Role::kUnspecified})};
  EXPECT_EQ(WrongIn(party),
            "INVALID_ARGUMENT register_party.roles[1] register_party.roles[2]");
}

TEST_F(ShapeTest, ACertificateCoversSomething) {
  GrantCertificate grant = GoodGrant();
  grant.sites = {};
  grant.products = {};
  grant.models = {};
  EXPECT_EQ(WrongIn(grant),
            "INVALID_ARGUMENT grant_certificate.sites "
            "grant_certificate.products grant_certificate.models");
  grant = GoodGrant();
  grant.sites = Names({"mill", "mill"});
  grant.products = Names({"*", "cpo"});
  grant.models = List({Model::kConventional});
  grant.to = Day("2024-12-31");
  EXPECT_EQ(WrongIn(grant),
            "INVALID_ARGUMENT grant_certificate.sites[1] "
            "grant_certificate.products[0] grant_certificate.models[0] "
            "grant_certificate.to");
}

TEST_F(ShapeTest, CapsAreQuantitiesByProduct) {
  GrantCertificate grant = GoodGrant();
  grant.caps = List({Cap{.product = "cpo", .quantity = Dec("0")}});
  EXPECT_EQ(WrongIn(grant), "INVALID_QUANTITY grant_certificate.caps.cpo");
  grant.caps = List({Cap{.product = "cpo", .quantity = Dec("1")},
                     Cap{.product = "cpo", .quantity = Dec("2")}});
  EXPECT_EQ(WrongIn(grant), "INVALID_ARGUMENT grant_certificate.caps[1]");
}

TEST_F(ShapeTest, AnAmendmentChangesSomething) {
  AmendCertificate amend{.certificate = "C1",
                         .effective_from = Day("2025-01-01")};
  EXPECT_EQ(WrongIn(amend), "INVALID_ARGUMENT amend_certificate");
  amend.to = Day("2026-12-31");
  EXPECT_EQ(WrongIn(amend), "");
}

}  // namespace
}  // namespace tally
