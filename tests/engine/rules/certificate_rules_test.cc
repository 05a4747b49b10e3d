#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;

class CertificateRulesTest : public RulesFixture {
 protected:
  CertificateRulesTest() {
    AddScheme(R"({"scheme": "s", "citations": {"R29": "clause 5.1"},
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {}}})");
    AddScheme(R"({"scheme": "t", "models": {"SEGREGATED": {}}})");
    AddScheme(R"({"scheme": "free", "models": {"SEGREGATED": {}},
                  "certificate": {"required": false}})");
    AddParty("miller", {Role::kOperator});
    AddParty("cb", {Role::kCertificationBody});
    AddSite("mill", "miller");
    AddSite("depot", "miller");
    AddProduct("cpo", 0);
    AddProduct("pk", 0);
  }

  GrantCertificate Good() {
    return {.certificate = "C1",
            .scheme = "s",
            .holder = "miller",
            .body = "cb",
            .sites = Names({"mill"}),
            .products = Names({"cpo"}),
            .models = List({Model::kSegregated}),
            .from = Day("2025-01-01"),
            .to = Day("2025-12-31")};
  }
  void Grant(const GrantCertificate& grant) { Given("2024-12-01", grant); }
  void Set(std::string_view certificate, CertificateStatus status,
           std::string_view from) {
    Given("2024-12-01", SetCertificateStatus{.certificate = certificate,
                                             .status = status,
                                             .effective_from = Day(from)});
  }

  static Originate GoodOriginate() {
    return {.site = "mill",
            .product = "cpo",
            .quantity = Dec("10"),
            .claim = Claim("s", Model::kSegregated)};
  }
  Code OriginateOn(std::string_view date) {
    return Post(date, GoodOriginate());
  }
  Code ConsumeOn(std::string_view date) {
    return Post(date, Consume{.site = "mill",
                              .product = "cpo",
                              .quantity = Dec("1"),
                              .claim = Claim("s", Model::kSegregated),
                              .beneficiary = "someone"});
  }
  static Receive GoodReceive() {
    return {.site = "mill",
            .product = "cpo",
            .quantity = Dec("10"),
            .claim = Claim("s", Model::kSegregated),
            .supplier = "estate",
            .supplier_certificate = "E-1"};
  }
};

TEST_F(CertificateRulesTest, CoversItsFirstAndItsLastDay) {
  Grant(Good());
  EXPECT_EQ(OriginateOn("2024-12-31"), Code::kCertInvalid);
  EXPECT_EQ(refusal().rule, "R29");
  EXPECT_EQ(refusal().citation, "clause 5.1");
  EXPECT_THAT(refusal().message,
              HasSubstr("\"C1\" runs from 2025-01-01 to 2025-12-31"));
  EXPECT_EQ(OriginateOn("2025-01-01"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-12-31T23:59:59Z"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2026-01-01"), Code::kCertInvalid);
}

TEST_F(CertificateRulesTest, WithoutAnyCertificateNothingIsClaimed) {
  EXPECT_EQ(OriginateOn("2025-06-01"), Code::kCertInvalid);
  EXPECT_THAT(refusal().message,
              HasSubstr("site \"mill\" has no certificate under scheme \"s\""));
}

TEST_F(CertificateRulesTest, OneOfAnotherSchemeIsNone) {
  GrantCertificate grant = Good();
  grant.scheme = "t";
  Grant(grant);
  EXPECT_EQ(OriginateOn("2025-06-01"), Code::kCertInvalid);
}

TEST_F(CertificateRulesTest, CoversItsSitesProductsAndModelsAlone) {
  Grant(Good());
  Originate originate = GoodOriginate();
  originate.site = "depot";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kOutOfScope);
  EXPECT_THAT(refusal().message, HasSubstr("site \"depot\""));
  originate = GoodOriginate();
  originate.product = "pk";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kOutOfScope);
  EXPECT_THAT(refusal().message, HasSubstr("product \"pk\""));
  originate = GoodOriginate();
  originate.claim.model = Model::kMassBalance;
  EXPECT_EQ(Post("2025-06-01", originate), Code::kOutOfScope);
  EXPECT_THAT(refusal().message, HasSubstr("model MASS_BALANCE"));
}

TEST_F(CertificateRulesTest, CoversWhatTheTermsOfTheDaySay) {
  Grant(Good());
  Given("2025-01-01", AmendCertificate{.certificate = "C1",
                                       .effective_from = Day("2025-07-01"),
                                       .sites = Names({"depot"})});
  Originate originate = GoodOriginate();
  EXPECT_EQ(Post("2025-06-30", originate), Code::kAccepted);
  EXPECT_EQ(Post("2025-07-01", originate), Code::kOutOfScope);
  originate.site = "depot";
  EXPECT_EQ(Post("2025-06-30", originate), Code::kOutOfScope);
  EXPECT_EQ(Post("2025-07-01", originate), Code::kAccepted);
}

TEST_F(CertificateRulesTest, WithdrawnAndTerminatedAreInvalid) {
  Grant(Good());
  Set("C1", CertificateStatus::kWithdrawn, "2025-03-01");
  EXPECT_EQ(OriginateOn("2025-02-28"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-03-01"), Code::kCertInvalid);
  EXPECT_THAT(refusal().message, HasSubstr("\"C1\" is WITHDRAWN"));

  GrantCertificate other = Good();
  other.certificate = "C2";
  Grant(other);
  EXPECT_EQ(OriginateOn("2025-03-01"), Code::kAccepted);
  Set("C2", CertificateStatus::kTerminated, "2025-04-01");
  EXPECT_EQ(OriginateOn("2025-04-01"), Code::kCertInvalid);
}

// A scheme whose suspended certificates have this policy, and what then may
// come in and go out.
struct SuspensionCase {
  std::string policy;
  Code in;
  Code out;
};

class SuspensionTest : public CertificateRulesTest,
                       public testing::WithParamInterface<SuspensionCase> {};

TEST_P(SuspensionTest, StopsWhatThePolicySays) {
  AddScheme(R"({"scheme": "s", "effective_from": "2020-01-01",
                "models": {"SEGREGATED": {}},
                "certificate": {"suspended_stock": ")" +
            GetParam().policy + "\"}}");
  Grant(Good());
  Set("C1", CertificateStatus::kSuspended, "2025-06-01");
  Set("C1", CertificateStatus::kValid, "2025-07-01");

  EXPECT_EQ(OriginateOn("2025-05-31"), Code::kAccepted);
  EXPECT_EQ(ConsumeOn("2025-05-31"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-06-01"), GetParam().in);
  EXPECT_EQ(ConsumeOn("2025-06-30"), GetParam().out);
  EXPECT_EQ(OriginateOn("2025-07-01"), Code::kAccepted);
  EXPECT_EQ(ConsumeOn("2025-07-01"), Code::kAccepted);
}

INSTANTIATE_TEST_SUITE_P(
    Policies, SuspensionTest,
    testing::Values(
        SuspensionCase{"FREEZE", Code::kCertSuspended, Code::kCertSuspended},
        SuspensionCase{"SELL_EXISTING", Code::kCertSuspended, Code::kAccepted},
        SuspensionCase{"QUARANTINE", Code::kAccepted, Code::kCertSuspended}),
    [](const auto& info) { return info.param.policy; });

TEST_F(CertificateRulesTest, OfSeveralTheOneThatGetsFurthestAnswers) {
  GrantCertificate expired = Good();
  expired.to = Day("2025-01-31");
  Grant(expired);
  EXPECT_EQ(OriginateOn("2025-06-01"), Code::kCertInvalid);

  GrantCertificate suspended = Good();
  suspended.certificate = "C2";
  Grant(suspended);
  Set("C2", CertificateStatus::kSuspended, "2025-01-01");
  EXPECT_EQ(OriginateOn("2025-06-01"), Code::kCertSuspended);

  GrantCertificate elsewhere = Good();
  elsewhere.certificate = "C3";
  elsewhere.sites = Names({"depot"});
  Grant(elsewhere);
  EXPECT_EQ(OriginateOn("2025-06-01"), Code::kOutOfScope);
  EXPECT_THAT(refusal().message, HasSubstr("\"C3\""));

  GrantCertificate good = Good();
  good.certificate = "C4";
  Grant(good);
  EXPECT_EQ(OriginateOn("2025-06-01"), Code::kAccepted);
}

TEST_F(CertificateRulesTest, AGroupsCertificateCoversOthersSites) {
  AddParty("group", {Role::kOperator});
  GrantCertificate grant = Good();
  grant.holder = "group";
  Grant(grant);
  EXPECT_EQ(OriginateOn("2025-06-01"), Code::kAccepted);
}

TEST_F(CertificateRulesTest, TheCertificateThatIsNamedAnswersAlone) {
  Grant(Good());
  GrantCertificate elsewhere = Good();
  elsewhere.certificate = "C2";
  elsewhere.sites = Names({"depot"});
  Grant(elsewhere);
  Originate originate = GoodOriginate();
  originate.certificate = "C2";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kOutOfScope);
  originate.certificate = "C1";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kAccepted);
  originate.certificate = "C3";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kUnknownCertificate);
}

TEST_F(CertificateRulesTest, ANamedCertificateIsOfTheClaimsScheme) {
  Grant(Good());
  GrantCertificate other = Good();
  other.certificate = "C2";
  other.scheme = "t";
  Grant(other);
  Originate originate = GoodOriginate();
  originate.certificate = "C2";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kOutOfScope);
  EXPECT_THAT(refusal().message, HasSubstr("scheme \"s\""));
  // It speaks for the claim, not for what is claimed beside it.
  originate.also = List({Claim("t", Model::kSegregated)});
  EXPECT_EQ(Post("2025-06-01", originate), Code::kOutOfScope);
  originate.certificate = "C1";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kAccepted);
}

TEST_F(CertificateRulesTest, EveryFurtherClaimNeedsItsOwn) {
  Grant(Good());
  Originate originate = GoodOriginate();
  originate.also = List({Claim("t", Model::kSegregated)});
  EXPECT_EQ(Post("2025-06-01", originate), Code::kCertInvalid);
  EXPECT_THAT(refusal().message, HasSubstr("scheme \"t\""));
}

TEST_F(CertificateRulesTest, WhereNoneIsRequiredNoneIsAskedFor) {
  Originate originate = GoodOriginate();
  originate.claim.scheme = "free";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kAccepted);
  // Named all the same, it must cover what it is named for.
  GrantCertificate grant = Good();
  grant.scheme = "free";
  Grant(grant);
  originate.certificate = "C1";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kAccepted);
  EXPECT_EQ(Post("2026-06-01", originate), Code::kCertInvalid);
}

TEST_F(CertificateRulesTest, AMemberBelongsToTheGroup) {
  Grant(Good());
  Given("2025-03-01", AddGroupMember{.certificate = "C1", .member = "farm"});
  Originate originate = GoodOriginate();
  originate.member = "farm";
  EXPECT_EQ(Post("2025-02-28", originate), Code::kOutOfScope);
  EXPECT_EQ(Post("2025-03-01", originate), Code::kAccepted);
  originate.member = "stranger";
  EXPECT_EQ(Post("2025-03-01", originate), Code::kOutOfScope);
}

TEST_F(CertificateRulesTest, TheModelThatIsSoldMustBeCovered) {
  Grant(Good());
  ASSERT_EQ(OriginateOn("2025-06-01"), Code::kAccepted);
  ShipLine line{.product = "cpo",
                .quantity = Dec("1"),
                .claim = Claim("s", Model::kSegregated),
                .as_model = Model::kMassBalance};
  Ship ship{.shipment = "S1",
            .from_site = "mill",
            .to_external = "buyer",
            .lines = List({line})};
  EXPECT_EQ(Post("2025-06-01", ship), Code::kOutOfScope);
  Given("2025-06-01", AmendCertificate{.certificate = "C1",
                                       .effective_from = Day("2025-06-01"),
                                       .models = List({Model::kMassBalance})});
  EXPECT_EQ(Post("2025-06-01", ship), Code::kAccepted);
  line.as_model.reset();
  ship.shipment = "S2";
  ship.lines = List({line});
  EXPECT_EQ(Post("2025-06-01", ship), Code::kOutOfScope);
  // Sold as conventional it needs no certificate.
  line.as_model = Model::kConventional;
  ship.lines = List({line});
  EXPECT_EQ(Post("2026-06-01", ship), Code::kAccepted);
}

TEST_F(CertificateRulesTest, AReceiptNamesItsPapers) {
  Grant(Good());
  Receive receive = GoodReceive();
  EXPECT_EQ(Post("2025-06-01", receive), Code::kDocIncomplete);
  EXPECT_EQ(refusal().rule, "R33");
  ASSERT_EQ(refusal().violations.size(), 1);
  EXPECT_EQ(refusal().violations[0].field, "document");
  receive.supplier_certificate = "";
  EXPECT_EQ(Post("2025-06-01", receive, {.document = "D"}),
            Code::kDocIncomplete);
  EXPECT_EQ(refusal().violations[0].field, "receive.supplier_certificate");
  EXPECT_EQ(Post("2025-06-01", receive), Code::kDocIncomplete);
  EXPECT_EQ(refusal().violations.size(), 2);
  EXPECT_EQ(Post("2025-06-01", GoodReceive(), {.document = "D"}),
            Code::kAccepted);
}

TEST_F(CertificateRulesTest, PapersAreForClaimsThatNeedACertificate) {
  Receive receive = GoodReceive();
  receive.supplier_certificate = "";
  receive.claim = {};
  EXPECT_EQ(Post("2025-06-01", receive), Code::kAccepted);
  receive.claim = Claim("free", Model::kSegregated);
  EXPECT_EQ(Post("2025-06-01", receive), Code::kAccepted);
}

TEST_F(CertificateRulesTest, ASuppliersCertificateOnThisLedgerIsValid) {
  Grant(Good());
  AddParty("estate", {Role::kOperator});
  AddSite("field", "estate");
  GrantCertificate supplier = Good();
  supplier.certificate = "E-1";
  supplier.holder = "estate";
  supplier.sites = Names({"field"});
  supplier.from = Day("2025-03-01");
  Grant(supplier);
  Set("E-1", CertificateStatus::kSuspended, "2025-07-01");
  const Envelope papers{.document = "D"};

  EXPECT_EQ(Post("2025-02-28", GoodReceive(), papers), Code::kCertInvalid);
  EXPECT_THAT(refusal().message, HasSubstr("supplier_certificate"));
  EXPECT_EQ(Post("2025-03-01", GoodReceive(), papers), Code::kAccepted);
  EXPECT_EQ(Post("2025-07-01", GoodReceive(), papers), Code::kCertSuspended);
}

TEST_F(CertificateRulesTest, ARecipientNeedsACertificateToo) {
  AddParty("trader", {Role::kOperator});
  AddSite("store", "trader");
  Grant(Good());
  ASSERT_EQ(OriginateOn("2025-06-01"), Code::kAccepted);
  Given(
      "2025-06-01",
      Ship{.shipment = "S1",
           .from_site = "mill",
           .to_site = "store",
           .lines = List({ShipLine{.product = "cpo",
                                   .quantity = Dec("1"),
                                   .claim = Claim("s", Model::kSegregated)}})});
  EXPECT_EQ(Post("2025-06-02", Accept{.shipment = "S1"}), Code::kCertInvalid);
  GrantCertificate grant = Good();
  grant.certificate = "C2";
  grant.holder = "trader";
  grant.sites = Names({"store"});
  Grant(grant);
  EXPECT_EQ(Post("2025-06-02", Accept{.shipment = "S1"}), Code::kAccepted)
      << Explain();
}

}  // namespace
}  // namespace tally
