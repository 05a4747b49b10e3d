// Bindings of principals, what they allow, and what takes two.

#include <gtest/gtest.h>

#include <string>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

constexpr std::string_view kMill = "spiffe://ledger/mill";
constexpr std::string_view kBody = "spiffe://ledger/body";
constexpr std::string_view kSecond = "spiffe://ledger/second";
constexpr std::string_view kAdministrator = "spiffe://ledger/admin";
constexpr std::string_view kDay = "2025-01-01";

class AccessTest : public RulesFixture {
 protected:
  void SetUp() override {
    AddParty("miller", {Role::kOperator});
    AddParty("trader", {Role::kOperator});
    AddParty("cb", {Role::kCertificationBody});
    AddParty("registrar", {Role::kRegistrar});
    AddSite("mill", "miller");
    AddSite("mill2", "miller");
    AddSite("store", "trader");
    AddProduct("cpo", 0);
    AddScheme(R"({"scheme": "s", "models": {"SEGREGATED": {}}})");
    Given(kDay, GrantCertificate{.certificate = "C1",
                                 .scheme = "s",
                                 .holder = "miller",
                                 .body = "cb",
                                 .sites = Names({"mill"}),
                                 .products = Names({"*"}),
                                 .models = List({Model::kSegregated}),
                                 .from = Day(kDay),
                                 .to = Day("2026-12-31")});
  }

  BindPrincipal Bind(std::string_view principal, std::string_view party,
                     Role role,
                     std::initializer_list<std::string_view> sites = {}) {
    return {.principal = principal,
            .party = party,
            .roles = List({role}),
            .sites = Names(sites)};
  }

  // An event that a principal proved to post.
  template <typename Kind>
  Code PostBy(std::string_view principal, const Kind& body,
              std::string_view actor = {}) {
    Event event = NewEvent(kDay, &body, {.actor = actor});
    event.poster = {.principal = principal,
                    .administrator = principal == kAdministrator};
    return PostEvent(event);
  }

  Receive At(std::string_view site) {
    return {
        .site = site, .product = "cpo", .quantity = Dec("1"), .supplier = "s"};
  }
};

TEST_F(AccessTest, APrincipalActsForWhomItIsBoundTo) {
  EXPECT_EQ(PostBy(kMill, At("mill")), Code::kNotAuthorized);
  Given(kDay, Bind(kMill, "miller", Role::kOperator));
  EXPECT_EQ(PostBy(kMill, At("mill")), Code::kAccepted) << Explain();
  EXPECT_EQ(PostBy(kMill, At("store")), Code::kNotAuthorized);
  EXPECT_EQ(PostBy(kMill, At("mill"), "trader"), Code::kNotAuthorized);
  Given(kDay, UnbindPrincipal{.principal = kMill, .party = "miller"});
  EXPECT_EQ(PostBy(kMill, At("mill")), Code::kNotAuthorized);
}

TEST_F(AccessTest, ABindingIsForTheSitesThatItNames) {
  Given(kDay, Bind(kMill, "miller", Role::kOperator, {"mill"}));
  EXPECT_EQ(PostBy(kMill, At("mill")), Code::kAccepted);
  EXPECT_EQ(PostBy(kMill, At("mill2")), Code::kNotAuthorized);
}

// Whether there is such a site is not told to who has no right to it.
TEST_F(AccessTest, AStrangersSiteAndNoneAnswerAlike) {
  Given(kDay, Bind(kMill, "miller", Role::kOperator));
  EXPECT_EQ(PostBy(kMill, At("store")), Code::kNotAuthorized);
  const std::string foreign = refusal().message;
  EXPECT_EQ(PostBy(kMill, At("nowhere")), Code::kNotAuthorized);
  EXPECT_EQ(refusal().message, foreign);
}

TEST_F(AccessTest, RolesSitesAndCertificatesAreThePartys) {
  EXPECT_EQ(Post(kDay, Bind(kMill, "miller", Role::kCertificationBody)),
            Code::kInvalidArgument);
  EXPECT_EQ(Post(kDay, Bind(kMill, "miller", Role::kOperator, {"store"})),
            Code::kInvalidArgument);
  BindPrincipal bind = Bind(kMill, "miller", Role::kOperator);
  bind.certificates = Names({"C1"});
  EXPECT_EQ(Post(kDay, bind), Code::kInvalidArgument);
  EXPECT_EQ(Post(kDay, Bind(kMill, "nobody", Role::kOperator)),
            Code::kUnknownParty);
  EXPECT_EQ(Post(kDay, UnbindPrincipal{.principal = kMill, .party = "miller"}),
            Code::kInvalidArgument);
}

TEST_F(AccessTest, APrincipalIsBoundOnceToAParty) {
  Given(kDay, Bind(kMill, "miller", Role::kOperator));
  EXPECT_EQ(Post(kDay, Bind(kMill, "miller", Role::kOperator)),
            Code::kAlreadyExists);
}

TEST_F(AccessTest, ARegistrarBindsOthersButNotItself) {
  Given(kDay, Bind(kSecond, "registrar", Role::kRegistrar));
  EXPECT_EQ(PostBy(kSecond, Bind(kMill, "miller", Role::kOperator)),
            Code::kAccepted)
      << Explain();
  EXPECT_EQ(PostBy(kSecond, Bind(kSecond, "miller", Role::kOperator)),
            Code::kNotAuthorized);
  EXPECT_EQ(PostBy(kMill, Bind(kBody, "miller", Role::kOperator)),
            Code::kNotAuthorized);
}

TEST_F(AccessTest, TheAdministratorBeginsALedgerAndHasNoStock) {
  EXPECT_EQ(PostBy(kAdministrator, Bind(kMill, "miller", Role::kOperator)),
            Code::kAccepted);
  EXPECT_EQ(PostBy(kAdministrator, At("mill")), Code::kNotAuthorized);
  EXPECT_EQ(PostBy(kAdministrator, At("mill"), "miller"), Code::kNotAuthorized);
}

TEST_F(AccessTest, WithdrawingACertificateTakesTwo) {
  Given(kDay, Bind(kBody, "cb", Role::kCertificationBody));
  Given(kDay, Bind(kSecond, "cb", Role::kCertificationBody));
  Given(kDay, Bind(kMill, "miller", Role::kOperator));
  const SetCertificateStatus withdraw{.certificate = "C1",
                                      .status = CertificateStatus::kWithdrawn,
                                      .effective_from = Day(kDay)};
  Event event = NewEvent(kDay, &withdraw);
  event.poster = {.principal = kBody};
  EXPECT_EQ(PostEvent(event), Code::kNotAuthorized);
  const std::string told = refusal().message;
  const std::string digest = told.substr(told.size() - 64);
  const Approve approve{.event = event.id, .content = digest};
  // Neither oneself nor a stranger is a second person of the party.
  EXPECT_EQ(PostBy(kBody, approve), Code::kAccepted);
  EXPECT_EQ(PostBy(kMill, approve), Code::kAccepted);
  EXPECT_EQ(PostEvent(event), Code::kNotAuthorized);
  EXPECT_EQ(PostBy(kSecond, approve), Code::kAccepted);
  EXPECT_EQ(PostEvent(event), Code::kAccepted) << Explain();
  // So does opening it again.
  EXPECT_EQ(
      PostBy(kBody, SetCertificateStatus{.certificate = "C1",
                                         .status = CertificateStatus::kValid,
                                         .effective_from = Day("2025-02-01")}),
      Code::kNotAuthorized);
}

TEST_F(AccessTest, SuspendingACertificateTakesOne) {
  Given(kDay, Bind(kBody, "cb", Role::kCertificationBody));
  for (const auto status :
       {CertificateStatus::kSuspended, CertificateStatus::kValid}) {
    EXPECT_EQ(PostBy(kBody, SetCertificateStatus{.certificate = "C1",
                                                 .status = status,
                                                 .effective_from = Day(kDay)}),
              Code::kAccepted)
        << Explain();
  }
}

TEST_F(AccessTest, AnApprovalIsOfTheseWordsAlone) {
  Given(kDay, Bind(kBody, "cb", Role::kCertificationBody));
  Given(kDay, Bind(kSecond, "cb", Role::kCertificationBody));
  const SetCertificateStatus withdraw{.certificate = "C1",
                                      .status = CertificateStatus::kWithdrawn,
                                      .effective_from = Day(kDay)};
  Event event = NewEvent(kDay, &withdraw);
  event.poster = {.principal = kBody};
  const std::string other(64, '0');
  EXPECT_EQ(PostBy(kSecond, Approve{.event = event.id, .content = other}),
            Code::kAccepted);
  EXPECT_EQ(PostEvent(event), Code::kNotAuthorized);
}

}  // namespace
}  // namespace tally
