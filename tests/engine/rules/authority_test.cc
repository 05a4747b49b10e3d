#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

// Two operators, two certification bodies of which one certifies the mill, a
// brand, a scheme owner and a regulator.
class AuthorityTest : public RulesFixture {
 protected:
  AuthorityTest() {
    AddScheme(R"({"scheme": "s", "owner": "owner",
                  "certificate": {"required": false},
                  "models": {"SEGREGATED": {}}})");
    AddParty("miller", {Role::kOperator});
    AddParty("trader", {Role::kOperator});
    AddParty("cb", {Role::kCertificationBody});
    AddParty("other-cb", {Role::kCertificationBody});
    AddParty("brand", {Role::kBrand});
    AddParty("owner", {Role::kSchemeOwner});
    AddParty("regulator", {Role::kRegulator});
    AddSite("mill", "miller");
    AddSite("store", "trader");
    AddProduct("cpo", 0);
    Given("2024-01-01",
          GrantCertificate{
              .certificate = "C1",
              .scheme = "s",
              .holder = "miller",
              .body = "cb",
              .sites = Names({"mill"}),
              .products = Names({"*"}),
              .models = List({Model::kSegregated}),
              .from = Day("2024-01-01"),
              .to = Day("2029-12-31"),
              .caps = List({Cap{.product = "cpo", .quantity = Dec("1000")}})});
    Given("2024-06-01", Originate{.site = "mill",
                                  .product = "cpo",
                                  .quantity = Dec("100"),
                                  .claim = Sg(),
                                  .lot = "L1"});
    Given("2024-06-01", Originate{.site = "mill",
                                  .product = "cpo",
                                  .quantity = Dec("100"),
                                  .claim = Sg()});
    Given("2024-06-01", ShipmentTo("S0", "store"));
  }

  static ClaimName Sg() { return Claim("s", Model::kSegregated); }
  Ship ShipmentTo(std::string_view name, std::string_view to_site) {
    return {.shipment = name,
            .from_site = "mill",
            .to_site = to_site,
            .lines = List({ShipLine{
                .product = "cpo", .quantity = Dec("1"), .claim = Sg()}})};
  }

  // The parties that may post an event, in the order in which they are asked;
  // nothing is applied.
  template <typename Kind>
  std::vector<std::string_view> WhoMay(const Kind& body) {
    std::vector<std::string_view> allowed;
    for (const std::string_view party : {"miller", "trader", "cb", "other-cb",
                                         "brand", "owner", "regulator"}) {
      const Event event = NewEvent("2025-01-01", &body, {.actor = party});
      const Code code = Try(event);
      if (code != Code::kRole && code != Code::kNotAuthorized) {
        EXPECT_EQ(code, Code::kAccepted) << party << ": " << Explain();
        allowed.push_back(party);
      }
    }
    return allowed;
  }
  template <typename Kind>
  Code PostAs(std::string_view actor, const Kind& body) {
    return Try(NewEvent("2025-01-01", &body, {.actor = actor}));
  }
};

using testing::ElementsAre;

TEST_F(AuthorityTest, WithoutActorTheServersOperatorPosts) {
  EXPECT_EQ(PostAs("", Hold{.lot = "L1", .reason = "doubt"}), Code::kAccepted);
}

TEST_F(AuthorityTest, AnActorIsKnown) {
  EXPECT_EQ(PostAs("nobody", Hold{.lot = "L1", .reason = "doubt"}),
            Code::kUnknownParty);
  EXPECT_EQ(refusal().violations[0].field, "actor");
  // Before what is unknown later in the documented order.
  EXPECT_EQ(PostAs("nobody", Hold{.lot = "none", .reason = "doubt"}),
            Code::kUnknownParty);
}

TEST_F(AuthorityTest, OperatorsPostForTheirOwnSites) {
  EXPECT_THAT(WhoMay(Originate{.site = "mill",
                               .product = "cpo",
                               .quantity = Dec("1"),
                               .claim = Sg()}),
              ElementsAre("miller"));
  EXPECT_EQ(PostAs("trader", Originate{.site = "mill",
                                       .product = "cpo",
                                       .quantity = Dec("1"),
                                       .claim = Sg()}),
            Code::kNotAuthorized);
  EXPECT_THAT(refusal().message,
              testing::HasSubstr("party \"trader\" may not post this "
                                 "originate: only the party whose site it is"));
  EXPECT_THAT(WhoMay(Receive{.site = "store",
                             .product = "cpo",
                             .quantity = Dec("1"),
                             .supplier = "market"}),
              ElementsAre("trader"));
  EXPECT_THAT(WhoMay(ShipmentTo("S1", "store")), ElementsAre("miller"));
  EXPECT_THAT(WhoMay(Consume{.site = "mill",
                             .product = "cpo",
                             .quantity = Dec("1"),
                             .claim = Sg(),
                             .beneficiary = "someone"}),
              ElementsAre("miller"));
  EXPECT_THAT(WhoMay(Downgrade{.site = "mill",
                               .product = "cpo",
                               .quantity = Dec("1"),
                               .claim = Sg()}),
              ElementsAre("miller"));
}

TEST_F(AuthorityTest, ASiteIsPostedForByAnOperator) {
  Given("2024-01-01", RegisterSite{.site = "shop", .party = "brand"});
  EXPECT_THAT(WhoMay(Receive{.site = "shop",
                             .product = "cpo",
                             .quantity = Dec("1"),
                             .supplier = "market"}),
              ElementsAre());
}

TEST_F(AuthorityTest, TheReceiverAcceptsAndTheSenderRecalls) {
  EXPECT_THAT(WhoMay(Accept{.shipment = "S0"}), ElementsAre("trader"));
  EXPECT_THAT(WhoMay(Reject{.shipment = "S0", .reason = "wet"}),
              ElementsAre("trader"));
  EXPECT_THAT(WhoMay(Recall{.shipment = "S0", .reason = "wrong"}),
              ElementsAre("miller"));
}

TEST_F(AuthorityTest, OnlyABodyOfTheSiteAddsStock) {
  Adjust adjust{.site = "mill",
                .product = "cpo",
                .quantity = Dec("1"),
                .claim = Sg(),
                .reason = AdjustReason::kStockCount};
  EXPECT_THAT(WhoMay(adjust), ElementsAre("miller"));
  adjust.add = true;
  EXPECT_THAT(WhoMay(adjust), ElementsAre("cb"));
  EXPECT_EQ(PostAs("miller", adjust), Code::kRole);
  EXPECT_EQ(PostAs("other-cb", adjust), Code::kNotAuthorized);
  // Where nobody certifies, no body may.
  adjust.site = "store";
  EXPECT_THAT(WhoMay(adjust), testing::IsEmpty());
}

TEST_F(AuthorityTest, OnlyABodyOfTheSiteHoldsAndReleases) {
  EXPECT_THAT(WhoMay(Hold{.lot = "L1", .reason = "doubt"}), ElementsAre("cb"));
  EXPECT_EQ(PostAs("owner", Hold{.lot = "L1", .reason = "doubt"}), Code::kRole);
  EXPECT_EQ(PostAs("other-cb", Hold{.lot = "L1", .reason = "doubt"}),
            Code::kNotAuthorized);
  EXPECT_THAT(WhoMay(Hold{.shipment = "S0", .reason = "doubt"}),
              ElementsAre("cb"));
  EXPECT_THAT(
      WhoMay(Release{.site = "store", .product = "cpo", .reason = "cleared"}),
      testing::IsEmpty());
}

TEST_F(AuthorityTest, ABodySaysTheColourOfASource) {
  SetSourceStatus set{.source = "mill",
                      .status = SourceStatus::kGreen,
                      .from = Day("2025-01-01")};
  EXPECT_THAT(WhoMay(set), ElementsAre("cb"));
  EXPECT_EQ(PostAs("regulator", set), Code::kRole);
  set.source = "a-mine-elsewhere";
  EXPECT_THAT(WhoMay(set), ElementsAre("cb", "other-cb"));
}

TEST_F(AuthorityTest, ABodyGrantsInItsOwnName) {
  GrantCertificate grant{.certificate = "C2",
                         .scheme = "s",
                         .holder = "trader",
                         .body = "other-cb",
                         .sites = Names({"store"}),
                         .products = Names({"*"}),
                         .models = List({Model::kSegregated}),
                         .from = Day("2024-01-01"),
                         .to = Day("2029-12-31")};
  EXPECT_THAT(WhoMay(grant), ElementsAre("other-cb"));
  EXPECT_EQ(PostAs("cb", grant), Code::kNotAuthorized);
  EXPECT_EQ(PostAs("trader", grant), Code::kRole);
}

TEST_F(AuthorityTest, TheBodyThatGrantedItTendsACertificate) {
  EXPECT_THAT(WhoMay(AmendCertificate{.certificate = "C1",
                                      .effective_from = Day("2025-01-01"),
                                      .to = Day("2030-12-31")}),
              ElementsAre("cb"));
  EXPECT_THAT(WhoMay(ExtendVolume{
                  .certificate = "C1", .product = "cpo", .quantity = Dec("1")}),
              ElementsAre("cb"));
  const SetCertificateStatus suspend{.certificate = "C1",
                                     .status = CertificateStatus::kSuspended,
                                     .effective_from = Day("2025-01-01")};
  EXPECT_THAT(WhoMay(suspend), ElementsAre("cb"));
  EXPECT_EQ(PostAs("miller", suspend), Code::kRole);
  EXPECT_EQ(PostAs("other-cb", suspend), Code::kNotAuthorized);
  EXPECT_THAT(WhoMay(AddGroupMember{.certificate = "C1", .member = "farm"}),
              ElementsAre("cb"));
  EXPECT_THAT(WhoMay(RecordAssessment{.certificate = "C1",
                                      .level = "HIGH",
                                      .effective_from = Day("2025-01-01")}),
              ElementsAre("cb"));
}

TEST_F(AuthorityTest, ASchemesOwnerDefinesIt) {
  EXPECT_THAT(WhoMay(DefineScheme{.profile = R"({"scheme": "s",
                  "effective_from": "2025-01-01", "owner": "brand",
                  "models": {"SEGREGATED": {}}})"}),
              ElementsAre("owner"));
  EXPECT_THAT(WhoMay(DefineScheme{.profile = R"({"scheme": "new",
                  "owner": "owner", "models": {"SEGREGATED": {}}})"}),
              ElementsAre("owner"));
  EXPECT_THAT(WhoMay(DefineScheme{.profile = R"({"scheme": "new",
                  "owner": "someone", "models": {"SEGREGATED": {}}})"}),
              ElementsAre());
  EXPECT_THAT(WhoMay(DefineScheme{.profile = R"({"scheme": "new",
                  "models": {"SEGREGATED": {}}})"}),
              ElementsAre("owner"));
}

TEST_F(AuthorityTest, WhoMakesPartiesSitesAndProductsKnown) {
  EXPECT_THAT(WhoMay(DefineProduct{.product = "pk", .unit = "TNE"}),
              ElementsAre("miller", "trader", "cb", "other-cb", "owner"));
  EXPECT_THAT(
      WhoMay(RegisterParty{.party = "new", .roles = List({Role::kOperator})}),
      ElementsAre("cb", "other-cb", "owner"));
  EXPECT_THAT(WhoMay(RegisterParty{
                  .party = "new",
                  .roles = List({Role::kOperator, Role::kCertificationBody})}),
              ElementsAre("owner"));
  EXPECT_THAT(WhoMay(RegisterSite{.site = "mill-2", .party = "miller"}),
              ElementsAre("miller", "cb", "other-cb"));
}

TEST_F(AuthorityTest, NobodyJoinsAnothersScopeGroupUnasked) {
  Given("2024-01-01",
        RegisterSite{
            .site = "mill-2", .party = "miller", .scope_group = "north"});
  EXPECT_THAT(WhoMay(RegisterSite{
                  .site = "mill-3", .party = "miller", .scope_group = "north"}),
              ElementsAre("miller", "cb", "other-cb"));
  EXPECT_THAT(
      WhoMay(RegisterSite{
          .site = "store-2", .party = "trader", .scope_group = "north"}),
      ElementsAre("cb", "other-cb"));
}

}  // namespace
}  // namespace tally
