#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class CapsTest : public RulesFixture {
 protected:
  CapsTest() {
    AddScheme(R"({"scheme": "s", "citations": {"R28": "clause E.2.1"},
                  "models": {"SEGREGATED": {}}})");
    AddParty("miller", {Role::kOperator});
    AddParty("trader", {Role::kOperator});
    AddParty("cb", {Role::kCertificationBody});
    AddSite("mill", "miller");
    AddSite("store", "trader");
    AddProduct("cpo", 1);
    AddProduct("pk", 1);
  }

  GrantCertificate Good(std::string_view cap) {
    return {.certificate = "C1",
            .scheme = "s",
            .holder = "miller",
            .body = "cb",
            .sites = Names({"mill"}),
            .products = Names({"*"}),
            .models = List({Model::kSegregated}),
            .from = Day("2025-03-01"),
            .to = Day("2030-02-28"),
            .caps = List({Cap{.product = "cpo", .quantity = Dec(cap)}})};
  }
  void Grant(const GrantCertificate& grant) { Given("2025-01-01", grant); }

  static Originate Origination(std::string_view quantity) {
    return {.site = "mill",
            .product = "cpo",
            .quantity = Dec(quantity),
            .claim = Claim("s", Model::kSegregated)};
  }
  Code OriginateOn(std::string_view date, std::string_view quantity) {
    return Post(date, Origination(quantity));
  }
  Ship Shipment(std::string_view name,
                std::initializer_list<std::string_view> quantities,
                std::string_view to_site = "") {
    const std::span<ShipLine> lines =
        arena_of_lines_.NewArray<ShipLine>(quantities.size());
    size_t i = 0;
    for (const std::string_view quantity : quantities) {
      lines[i++] = {.product = "cpo",
                    .quantity = Dec(quantity),
                    .claim = Claim("s", Model::kSegregated)};
    }
    return {.shipment = name,
            .from_site = "mill",
            .to_site = to_site,
            .to_external = to_site.empty() ? "buyer" : "",
            .lines = lines};
  }
  Code ConsumeOn(std::string_view date, std::string_view quantity) {
    return Post(date, Consume{.site = "mill",
                              .product = "cpo",
                              .quantity = Dec(quantity),
                              .claim = Claim("s", Model::kSegregated),
                              .beneficiary = "someone"});
  }

  // Of C1 in the year of a date, in tenths.
  std::optional<Quantity> Remaining(std::string_view date) const {
    const Certificates& certificates = state().certificates();
    const Certificate& c1 = certificates.at(certificates.Find("C1"));
    return c1.Remaining(state().registry().product_names.Find("cpo"),
                        c1.YearOf(Day(date)));
  }

 private:
  Arena arena_of_lines_;
};

TEST_F(CapsTest, OriginationStopsAtTheCap) {
  Grant(Good("100"));
  EXPECT_EQ(OriginateOn("2025-06-01", "99.9"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-06-02", "0.2"), Code::kCapExceeded);
  EXPECT_EQ(refusal().rule, "R28");
  EXPECT_EQ(refusal().citation, "clause E.2.1");
  EXPECT_EQ(FigureOf("asked"), "0.2");
  EXPECT_EQ(FigureOf("remaining"), "0.1");
  EXPECT_EQ(FigureOf("cap"), "100.0");
  EXPECT_EQ(FigureOf("year"), "2025-03-01/2026-02-28");
  EXPECT_EQ(OriginateOn("2025-06-02", "0.1"), Code::kAccepted);
  EXPECT_EQ(Remaining("2025-06-02"), Quantity(0));
}

TEST_F(CapsTest, ARefusedEventUsesNothingUp) {
  Grant(Good("100"));
  ASSERT_EQ(OriginateOn("2025-06-01", "10"), Code::kAccepted);
  ASSERT_EQ(ConsumeOn("2025-06-01", "11"), Code::kInsufficient);
  EXPECT_EQ(ConsumeOn("2025-06-01", "10"), Code::kAccepted);
  EXPECT_EQ(Remaining("2025-06-01"), Quantity(900));
}

TEST_F(CapsTest, AProductWithoutCapIsUnbounded) {
  Grant(Good("1"));
  Originate originate = Origination("1000000");
  originate.product = "pk";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kAccepted);
}

TEST_F(CapsTest, EveryYearHasItsOwn) {
  Grant(Good("100"));
  EXPECT_EQ(OriginateOn("2026-02-28", "100"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2026-02-28", "0.1"), Code::kCapExceeded);
  EXPECT_EQ(OriginateOn("2026-03-01", "100"), Code::kAccepted);
  // The year is that of the event, not of its recording.
  EXPECT_EQ(OriginateOn("2025-03-01", "0.1"), Code::kCapExceeded);
}

TEST_F(CapsTest, WhatIsOriginatedAndWhatIsDeliveredAreBoundedSeparately) {
  Grant(Good("100"));
  ASSERT_EQ(OriginateOn("2025-06-01", "100"), Code::kAccepted);
  ASSERT_EQ(OriginateOn("2026-03-01", "100"), Code::kAccepted);
  EXPECT_EQ(Post("2026-03-02", Shipment("S1", {"60"})), Code::kAccepted);
  EXPECT_EQ(ConsumeOn("2026-03-02", "40"), Code::kAccepted);
  EXPECT_EQ(ConsumeOn("2026-03-03", "0.1"), Code::kCapExceeded);
  EXPECT_EQ(Post("2026-03-03", Shipment("S2", {"0.1"})), Code::kCapExceeded);
  EXPECT_THAT(refusal().message, testing::HasSubstr("ship.lines[0]"));
}

TEST_F(CapsTest, TheLinesOfOneShipmentCountTogether) {
  Grant(Good("100"));
  ASSERT_EQ(OriginateOn("2025-06-01", "100"), Code::kAccepted);
  ASSERT_EQ(OriginateOn("2026-03-01", "100"), Code::kAccepted);
  EXPECT_EQ(Post("2026-03-02", Shipment("S1", {"60", "40.1"})),
            Code::kCapExceeded);
  EXPECT_THAT(refusal().message, testing::HasSubstr("ship.lines[1]"));
  EXPECT_EQ(FigureOf("remaining"), "40.0");
  EXPECT_EQ(Post("2026-03-02", Shipment("S1", {"60", "40"})), Code::kAccepted);
}

TEST_F(CapsTest, AnExtensionRaisesItsYear) {
  Grant(Good("100"));
  ASSERT_EQ(OriginateOn("2025-06-01", "100"), Code::kAccepted);
  Given("2025-07-01",
        ExtendVolume{
            .certificate = "C1", .product = "cpo", .quantity = Dec("5")});
  EXPECT_EQ(OriginateOn("2025-06-01", "5.1"), Code::kCapExceeded);
  EXPECT_EQ(FigureOf("cap"), "105.0");
  EXPECT_EQ(OriginateOn("2025-06-01", "5"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2026-03-01", "100.1"), Code::kCapExceeded);
}

TEST_F(CapsTest, WhatComesBackIsGivenBackToTheYearItWasTakenFrom) {
  Grant(Good("100"));
  GrantCertificate other = Good("1000");
  other.certificate = "C2";
  other.holder = "trader";
  other.sites = Names({"store"});
  Grant(other);
  ASSERT_EQ(OriginateOn("2025-06-01", "100"), Code::kAccepted);
  ASSERT_EQ(Post("2026-02-28", Shipment("S1", {"60", "40"}, "store")),
            Code::kAccepted);
  ASSERT_EQ(ConsumeOn("2026-02-28", "0.1"), Code::kCapExceeded);
  Given("2026-03-05", Reject{.shipment = "S1", .reason = "wet"});

  EXPECT_EQ(ConsumeOn("2026-03-05", "100"), Code::kAccepted);
  EXPECT_EQ(Remaining("2026-03-05"), Quantity(0));
  // And the year of the shipment has delivered nothing.
  const Certificates& certificates = state().certificates();
  const Certificate& c1 = certificates.at(certificates.Find("C1"));
  EXPECT_EQ(c1.Used({.product = state().registry().product_names.Find("cpo"),
                     .year = 0,
                     .use = CapUse::kDelivered}),
            Quantity(0));
}

TEST_F(CapsTest, AnotherCertificateWithRoomIsUsed) {
  Grant(Good("100"));
  GrantCertificate second = Good("50");
  second.certificate = "C2";
  Grant(second);
  EXPECT_EQ(OriginateOn("2025-06-01", "80"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-06-01", "50"), Code::kAccepted);
  EXPECT_EQ(Remaining("2025-06-01"), Quantity(200));
  EXPECT_EQ(OriginateOn("2025-06-01", "21"), Code::kCapExceeded);
  // One that is named counts alone.
  Originate originate = Origination("1");
  originate.certificate = "C2";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kCapExceeded);
  EXPECT_EQ(OriginateOn("2025-06-01", "20"), Code::kAccepted);
}

TEST_F(CapsTest, AMembersCapBoundsWhatItOriginates) {
  Grant(Good("100"));
  Given("2025-03-01",
        AddGroupMember{
            .certificate = "C1",
            .member = "small",
            .caps = List({Cap{.product = "cpo", .quantity = Dec("10")}})});
  Given("2025-03-01", AddGroupMember{.certificate = "C1", .member = "big"});
  Originate originate = Origination("10");
  originate.member = "small";
  EXPECT_EQ(Post("2025-06-01", originate), Code::kAccepted);
  originate.quantity = Dec("0.1");
  EXPECT_EQ(Post("2025-06-01", originate), Code::kCapExceeded);
  EXPECT_EQ(FigureOf("cap"), "10.0");
  EXPECT_EQ(FigureOf("remaining"), "0.0");
  // What a member originates counts for the whole certificate, too.
  originate.member = "big";
  originate.quantity = Dec("90.1");
  EXPECT_EQ(Post("2025-06-01", originate), Code::kCapExceeded);
  EXPECT_EQ(FigureOf("cap"), "100.0");
  originate.quantity = Dec("90");
  EXPECT_EQ(Post("2025-06-01", originate), Code::kAccepted);
}

TEST_F(CapsTest, WhatIsLeftIsTheHoldersToKnow) {
  AddParty("group", {Role::kOperator});
  GrantCertificate grant = Good("100");
  grant.holder = "group";
  Grant(grant);
  ASSERT_EQ(OriginateOn("2025-06-01", "80"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-06-01", "30"), Code::kCapExceeded);
  EXPECT_EQ(FigureOf("asked"), "30.0");
  EXPECT_EQ(FigureOf("remaining"), "");
  EXPECT_THAT(refusal().message, testing::Not(testing::HasSubstr("20.0")));
}

TEST_F(CapsTest, ASchemeWithoutVolumeCapsCountsNone) {
  AddScheme(R"({"scheme": "s", "effective_from": "2020-01-01",
                "models": {"SEGREGATED": {}},
                "certificate": {"volume_cap": false}})");
  Grant(Good("1"));
  EXPECT_EQ(OriginateOn("2025-06-01", "100"), Code::kAccepted);
}

TEST_F(CapsTest, TheWidestQuantityDoesNotOverflow) {
  Grant(Good("100"));
  ASSERT_EQ(OriginateOn("2025-06-01", "100"), Code::kAccepted);
  EXPECT_EQ(OriginateOn("2025-06-01", "922337203685477580.7"),
            Code::kCapExceeded);
}

}  // namespace
}  // namespace tally
