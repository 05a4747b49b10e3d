// An event turned out false: its effect is reversed from then on, and nothing
// of what came of it leaves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/state/withheld.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class VoidTest : public RulesFixture {
 protected:
  VoidTest() {
    AddScheme(R"({"scheme": "s", "certificate": {"required": false},
                  "models": {"SEGREGATED": {}, "MASS_BALANCE": {},
                             "BOOK_AND_CLAIM": {}},
                  "conversions": [{"process": "milling", "input": "ffb",
                    "from": "2020-01-01",
                    "outputs": [{"product": "cpo", "factor": "0.3"}]}]})");
    AddParty("miller", {Role::kOperator});
    AddParty("trader", {Role::kOperator});
    AddSite("mill", "miller");
    AddSite("shop", "trader");
    AddProduct("cpo", 0);
    AddProduct("ffb", 0);
  }

  static ClaimName Sg() { return Claim("s", Model::kSegregated); }
  static ClaimName Mb() { return Claim("s", Model::kMassBalance); }

  // Each answers the event's id.
  Uuid Received(std::string_view quantity, ClaimName claim,
                std::string_view lot = {}, std::string_view product = "cpo") {
    Given("2025-01-10", Receive{.site = "mill",
                                .product = product,
                                .quantity = Dec(quantity),
                                .claim = claim,
                                .supplier = "supplier",
                                .lot = lot});
    return LatestId();
  }
  Ship ShipmentOf(std::string_view name, std::string_view quantity,
                  ClaimName claim, std::string_view lot = {}) {
    return {.shipment = name,
            .from_site = "mill",
            .to_site = "shop",
            .lines = List({ShipLine{.product = "cpo",
                                    .quantity = Dec(quantity),
                                    .claim = claim,
                                    .lot = lot}})};
  }
  Uuid Shipped(std::string_view name, std::string_view quantity,
               ClaimName claim, std::string_view lot = {}) {
    Given("2025-01-12", ShipmentOf(name, quantity, claim, lot));
    return LatestId();
  }
  Uuid Accepted(std::string_view name) {
    Given("2025-01-13", Accept{.shipment = name});
    return LatestId();
  }
  Uuid Split(std::string_view from, std::string_view quantity,
             std::string_view into) {
    Given("2025-01-11",
          Process{.site = "mill",
                  .process = "split",
                  .inputs = List({ProcessInput{.product = "cpo",
                                               .quantity = Dec(quantity),
                                               .claim = Sg(),
                                               .lot = from}}),
                  .outputs = List({ProcessOutput{.product = "cpo",
                                                 .quantity = Dec(quantity),
                                                 .claim = Sg(),
                                                 .lot = into}})});
    return LatestId();
  }
  Code Annul(const Uuid& event, std::string_view when = "2025-02-01") {
    return Post(when, Void{.event = event, .reason = "false paper"});
  }
  Code Use(std::string_view site, std::string_view quantity, ClaimName claim,
           std::string_view lot = {}, std::string_view product = "cpo") {
    return Post("2025-03-01", Consume{.site = site,
                                      .product = product,
                                      .quantity = Dec(quantity),
                                      .claim = claim,
                                      .lot = lot,
                                      .beneficiary = "someone"});
  }
  ShipmentState StateOf(std::string_view shipment) const {
    return state().shipments().at(state().shipments().Find(shipment)).state;
  }
  bool IsFlagged(std::string_view lot) const {
    return state().voids().Reaches(state().lots(), state().lots().Find(lot));
  }
};

TEST_F(VoidTest, AnUnknownEventAndOneThatIsVoidAreRefused) {
  EXPECT_EQ(Annul(UuidOfName("nothing")), Code::kUnknownEvent);
  const Uuid event = Received("100", Mb());
  EXPECT_EQ(Annul(event), Code::kAccepted);
  EXPECT_EQ(Annul(event), Code::kAlreadyVoid);
  EXPECT_EQ(Balance("mill", "cpo", Mb()), "0");
}

TEST_F(VoidTest, TheRegistryAndVoidsAreCorrectedByLaterEvents) {
  AddParty("other", {Role::kOperator});
  EXPECT_EQ(Annul(LatestId()), Code::kInvalidArgument);
  EXPECT_THAT(Explain(), testing::HasSubstr("not a register_party"));
  const Uuid event = Received("100", Mb());
  ASSERT_EQ(Annul(event), Code::kAccepted);
  EXPECT_EQ(Annul(LatestId()), Code::kInvalidArgument);
}

TEST_F(VoidTest, ADeficitIsVisibleFromTheDateOnAndBlocks) {
  const Uuid event = Received("100", Mb());
  Given("2025-01-12", ShipmentOf("S1", "60", Mb()));
  ASSERT_EQ(Annul(event, "2025-02-01"), Code::kAccepted);
  const Account& account = state().accounts().at(AccountIndex(0));
  EXPECT_EQ(account.timeline.At(Day("2025-01-31")), Quantity(40));
  EXPECT_EQ(account.timeline.At(Day("2025-02-01")), Quantity(-60));
  EXPECT_EQ(Use("mill", "1", Mb()), Code::kInsufficient);
  Received("61", Mb());
  EXPECT_EQ(Use("mill", "2", Mb()), Code::kInsufficient);
  EXPECT_EQ(Use("mill", "1", Mb()), Code::kAccepted);
}

TEST_F(VoidTest, WhatWasMadeOfALotIsFlaggedWhereverItIs) {
  const Uuid event = Received("100", Sg(), "L1");
  Received("100", Sg(), "L2");
  Split("L1", "60", "N1");
  Split("N1", "50", "N2");
  Shipped("S1", "30", Sg(), "N2");
  Accepted("S1");
  Shipped("S2", "10", Sg(), "N2");
  ASSERT_EQ(Annul(event), Code::kAccepted);
  for (const std::string_view lot : {"L1", "N1", "N2"}) {
    EXPECT_TRUE(IsFlagged(lot)) << lot;
    EXPECT_EQ(Use("mill", "1", Sg(), lot), Code::kUpstreamVoid) << lot;
  }
  EXPECT_FALSE(IsFlagged("L2"));
  EXPECT_EQ(Use("shop", "1", Sg(), "N2"), Code::kUpstreamVoid);
  EXPECT_EQ(Balance("mill", "cpo", Sg(), "L1"), "-60");
  // What is on its way arrives, and goes no further.
  Accepted("S2");
  EXPECT_EQ(Balance("shop", "cpo", Sg(), "N2"), "40");
  EXPECT_EQ(Use("shop", "1", Sg(), "N2"), Code::kUpstreamVoid);
  EXPECT_EQ(Use("mill", "1", Sg(), "L2"), Code::kAccepted);
}

TEST_F(VoidTest, BlocksOfItStayWhereTheyAre) {
  const Uuid event = Received("100", Sg(), "L1");
  Given("2025-01-13", IssueCredits{.site = "mill",
                                   .product = "cpo",
                                   .scheme = "s",
                                   .quantity = Dec("40"),
                                   .vintage = "2025",
                                   .block = "B1",
                                   .lot = "L1"});
  const RedeemCredits redeem{.holder = "miller",
                             .scheme = "s",
                             .product = "cpo",
                             .quantity = Dec("10"),
                             .beneficiary = "someone",
                             .claim_period = "2025",
                             .purpose = Purpose::kVoluntary};
  Given("2025-01-14", redeem);
  const Uuid redeemed = LatestId();
  ASSERT_EQ(Annul(event), Code::kAccepted);
  EXPECT_EQ(Post("2025-02-02", redeem), Code::kUpstreamVoid);
  EXPECT_EQ(Post("2025-02-02",
                 TransferCredits{.from_party = "miller",
                                 .to_party = "trader",
                                 .scheme = "s",
                                 .product = "cpo",
                                 .serials = List({SerialRange{"B1", 20, 20}})}),
            Code::kUpstreamVoid);
  // Retirement is final; the issuer takes back what the block was worth.
  EXPECT_EQ(Annul(redeemed), Code::kRetired);
  EXPECT_EQ(Post("2025-02-02",
                 WithdrawCredits{.block = "B1", .reason = "false origin"}),
            Code::kAccepted);
}

TEST_F(VoidTest, AShipmentOnItsWayIsBackAndCannotArrive) {
  Received("100", Mb());
  const Uuid ship = Shipped("S1", "60", Mb());
  ASSERT_EQ(Annul(ship), Code::kAccepted);
  EXPECT_EQ(StateOf("S1"), ShipmentState::kRecalled);
  EXPECT_EQ(Balance("mill", "cpo", Mb()), "100");
  EXPECT_EQ(Post("2025-02-02", Accept{.shipment = "S1"}), Code::kUpstreamVoid);
  EXPECT_EQ(Use("mill", "100", Mb()), Code::kAccepted);
}

TEST_F(VoidTest, WhatCameBackForAShipmentThatArrivedIsWithheld) {
  Received("100", Mb());
  const Uuid ship = Shipped("S1", "60", Mb());
  const Uuid accept = Accepted("S1");
  ASSERT_EQ(Annul(ship), Code::kAccepted);
  EXPECT_EQ(Balance("mill", "cpo", Mb()), "100");
  // The same 60 are not claimed by sender and receiver.
  EXPECT_EQ(Use("mill", "41", Mb()), Code::kInsufficient);
  EXPECT_EQ(FigureOf("withheld"), "60");
  EXPECT_EQ(Use("mill", "40", Mb()), Code::kAccepted);
  EXPECT_EQ(Annul(accept, "2025-02-02"), Code::kAccepted);
  EXPECT_EQ(StateOf("S1"), ShipmentState::kRecalled);
  EXPECT_EQ(Use("shop", "1", Mb()), Code::kInsufficient);
  EXPECT_EQ(Use("mill", "60", Mb()), Code::kAccepted);
}

TEST_F(VoidTest, AShipmentAcceptedInErrorIsOnItsWayAgain) {
  Received("100", Mb());
  Shipped("S1", "60", Mb());
  const Uuid accept = Accepted("S1");
  ASSERT_EQ(Annul(accept), Code::kAccepted);
  EXPECT_EQ(StateOf("S1"), ShipmentState::kInTransit);
  EXPECT_EQ(Balance("shop", "cpo", Mb()), "0");
  Given("2025-02-02", Reject{.shipment = "S1", .reason = "never came"});
  const Uuid reject = LatestId();
  EXPECT_EQ(Balance("mill", "cpo", Mb()), "100");
  ASSERT_EQ(Annul(reject, "2025-02-03"), Code::kAccepted);
  Given("2025-02-03", Accept{.shipment = "S1"});
  EXPECT_EQ(Balance("mill", "cpo", Mb()), "40");
  EXPECT_EQ(Balance("shop", "cpo", Mb()), "60");
}

TEST_F(VoidTest, WhatAReceiverUsedIsItsDeficitAndDoesNotComeBack) {
  Received("100", Mb());
  Shipped("S1", "60", Mb());
  const Uuid accept = Accepted("S1");
  Given("2025-01-20", Consume{.site = "shop",
                              .product = "cpo",
                              .quantity = Dec("60"),
                              .claim = Mb(),
                              .beneficiary = "someone"});
  ASSERT_EQ(Annul(accept), Code::kAccepted);
  EXPECT_EQ(Balance("shop", "cpo", Mb()), "-60");
  EXPECT_EQ(StateOf("S1"), ShipmentState::kAccepted);
  EXPECT_EQ(Post("2025-02-02", Reject{.shipment = "S1", .reason = "x"}),
            Code::kShipmentState);
}

TEST_F(VoidTest, InputsOfAFalseProcessCountForWhatOutputsAreThere) {
  Received("100", Mb(), "", "ffb");
  Given("2025-01-11",
        Process{.site = "mill",
                .process = "milling",
                .inputs = List({ProcessInput{
                    .product = "ffb", .quantity = Dec("100"), .claim = Mb()}}),
                .outputs = List({ProcessOutput{
                    .product = "cpo", .quantity = Dec("30"), .claim = Mb()}})});
  const Uuid milled = LatestId();
  Given("2025-01-12", ShipmentOf("S1", "10", Mb()));
  ASSERT_EQ(Annul(milled), Code::kAccepted);
  EXPECT_EQ(Balance("mill", "cpo", Mb()), "-10");
  EXPECT_EQ(Balance("mill", "ffb", Mb()), "100");
  // A third of the output is gone, and so is a third of the input, in full.
  EXPECT_EQ(Use("mill", "67", Mb(), "", "ffb"), Code::kInsufficient);
  EXPECT_EQ(FigureOf("withheld"), "34");
  // Who makes the deficit good has the input back.
  Received("10", Mb());
  EXPECT_EQ(Use("mill", "100", Mb(), "", "ffb"), Code::kAccepted);
}

TEST_F(VoidTest, ComputedInputsForgetWhatWasNeverMade) {
  Received("100", Mb(), "", "ffb");
  const auto mill = [&](std::string_view quantity) {
    return Process{
        .site = "mill",
        .process = "milling",
        .inputs = List({ProcessInput{.product = "ffb", .claim = Mb()}}),
        .outputs = List({ProcessOutput{
            .product = "cpo", .quantity = Dec(quantity), .claim = Mb()}})};
  };
  Given("2025-01-11", mill("1"));  // needs 3 1/3, debits 4
  const Uuid first = LatestId();
  EXPECT_EQ(Balance("mill", "ffb", Mb()), "96");
  ASSERT_EQ(Annul(first), Code::kAccepted);
  EXPECT_EQ(Balance("mill", "ffb", Mb()), "100");
  Given("2025-02-02", mill("3"));  // needs 10, and no more for the first
  EXPECT_EQ(Balance("mill", "ffb", Mb()), "90");
}

TEST_F(VoidTest, BookedVolumeComesBackAsFarAsItsCreditsDo) {
  Received("100", Mb());
  Given("2025-01-13", IssueCredits{.site = "mill",
                                   .product = "cpo",
                                   .scheme = "s",
                                   .quantity = Dec("40"),
                                   .vintage = "2025",
                                   .block = "B1"});
  const Uuid issued = LatestId();
  Given("2025-01-14", TransferCredits{.from_party = "miller",
                                      .to_party = "trader",
                                      .scheme = "s",
                                      .product = "cpo",
                                      .quantity = Dec("10")});
  ASSERT_EQ(Annul(issued), Code::kAccepted);
  EXPECT_EQ(Balance("mill", "cpo", Mb()), "100");
  // Ten are credits elsewhere still: one claim a tonne.
  EXPECT_EQ(Use("mill", "91", Mb()), Code::kDoubleIssue);
  EXPECT_EQ(Use("mill", "90", Mb()), Code::kAccepted);
  EXPECT_EQ(Post("2025-02-02", RedeemCredits{.holder = "trader",
                                             .scheme = "s",
                                             .product = "cpo",
                                             .quantity = Dec("1"),
                                             .beneficiary = "someone",
                                             .claim_period = "2025",
                                             .purpose = Purpose::kVoluntary}),
            Code::kUpstreamVoid);
}

TEST_F(VoidTest, CreditsThatMovedOnDoNotComeBack) {
  Received("100", Mb());
  Given("2025-01-13", IssueCredits{.site = "mill",
                                   .product = "cpo",
                                   .scheme = "s",
                                   .quantity = Dec("40"),
                                   .vintage = "2025",
                                   .block = "B1"});
  const auto transfer = [&](std::string_view from, std::string_view to,
                            int64_t first, int64_t last) {
    return TransferCredits{.from_party = from,
                           .to_party = to,
                           .scheme = "s",
                           .product = "cpo",
                           .serials = List({SerialRange{"B1", first, last}})};
  };
  Given("2025-01-14", transfer("miller", "trader", 1, 10));
  const Uuid sold = LatestId();
  Given("2025-01-15", RedeemCredits{.holder = "trader",
                                    .scheme = "s",
                                    .product = "cpo",
                                    .quantity = Dec("4"),
                                    .beneficiary = "someone",
                                    .claim_period = "2025",
                                    .purpose = Purpose::kVoluntary});
  ASSERT_EQ(Annul(sold), Code::kAccepted);
  EXPECT_EQ(Post("2025-02-02", transfer("trader", "miller", 5, 5)),
            Code::kSerial);
  EXPECT_EQ(Post("2025-02-02", transfer("miller", "trader", 4, 4)),
            Code::kRetired);
  EXPECT_EQ(Post("2025-02-02", transfer("miller", "trader", 5, 10)),
            Code::kAccepted);
}

TEST_F(VoidTest, WhatIsOnHoldCanBeVoid) {
  const Uuid event = Received("100", Sg(), "L1");
  const Uuid ship = Shipped("S1", "10", Sg(), "L1");
  Given("2025-01-20", Hold{.lot = "L1", .reason = "doubt"});
  Given("2025-01-20", Hold{.shipment = "S1", .reason = "doubt"});
  EXPECT_EQ(Annul(ship), Code::kAccepted);
  EXPECT_EQ(Annul(event), Code::kAccepted);
  // The void is the first of the two answers.
  EXPECT_EQ(Use("mill", "1", Sg(), "L1"), Code::kUpstreamVoid);
}

TEST_F(VoidTest, AVoidMayBeDatedBeforeItsEvent) {
  const Uuid event = Received("100", Mb());
  ASSERT_EQ(Annul(event, "2025-01-05"), Code::kAccepted);
  const Account& account = state().accounts().at(AccountIndex(0));
  EXPECT_EQ(account.timeline.At(Day("2025-01-05")), Quantity(-100));
  EXPECT_EQ(account.timeline.At(Day("2025-01-10")), Quantity());
}

TEST_F(VoidTest, OnlyACertificationBodyMay) {
  AddParty("body", {Role::kCertificationBody});
  AddParty("stranger", {Role::kCertificationBody});
  Given("2010-01-01", GrantCertificate{.certificate = "C1",
                                       .scheme = "s",
                                       .holder = "miller",
                                       .body = "body",
                                       .sites = Names({"mill"}),
                                       .products = Names({"*"}),
                                       .models = List({Model::kMassBalance}),
                                       .from = Day("2020-01-01"),
                                       .to = Day("2030-01-01")});
  const Uuid event = Received("100", Mb());
  const Void annul{.event = event, .reason = "r"};
  EXPECT_EQ(Post("2025-02-01", annul, {.actor = "miller"}), Code::kRole);
  EXPECT_EQ(Post("2025-02-01", annul, {.actor = "stranger"}),
            Code::kNotAuthorized);
  EXPECT_EQ(Post("2025-02-01", annul, {.actor = "body"}), Code::kAccepted);
}

}  // namespace
}  // namespace tally
