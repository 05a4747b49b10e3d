#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/rules/column.h"
#include "tests/engine/rules/rules_fixture.h"

namespace tally {
namespace {

class HoldRulesTest : public RulesFixture {
 protected:
  HoldRulesTest() {
    AddScheme(R"({"scheme": "s", "certificate": {"required": false},
                  "models": {"IDENTITY_PRESERVED": {}, "SEGREGATED": {},
                             "MASS_BALANCE": {}, "BOOK_AND_CLAIM": {}},
                  "mixing": {"unknown_origin": "TAINTS"}})");
    AddParty("miller", {Role::kOperator});
    AddSite("mill", "miller");
    AddSite("depot", "miller");
    AddProduct("cpo", 0);
    AddProduct("pk", 0);
    Given("2025-01-01", Originate{.site = "mill",
                                  .product = "cpo",
                                  .quantity = Dec("100"),
                                  .claim = Sg(),
                                  .lot = "L1"});
    Given("2025-01-01", Originate{.site = "mill",
                                  .product = "cpo",
                                  .quantity = Dec("100"),
                                  .claim = Sg()});
  }

  static ClaimName Sg() { return Claim("s", Model::kSegregated); }
  Ship ShipmentOf(std::string_view name, std::string_view lot) {
    return {.shipment = name,
            .from_site = "mill",
            .to_site = "depot",
            .lines = List({ShipLine{.product = "cpo",
                                    .quantity = Dec("1"),
                                    .claim = Sg(),
                                    .lot = lot}})};
  }
};

TEST_F(HoldRulesTest, NothingLeavesALotOnHold) {
  Given("2025-02-01", Hold{.lot = "L1", .reason = "doubt"});
  EXPECT_EQ(Post("2025-02-01", ShipmentOf("S1", "L1")), Code::kHeld);
  EXPECT_THAT(refusal().message, testing::HasSubstr("lot \"L1\" is on hold"));
  EXPECT_EQ(Post("2025-02-01", Consume{.site = "mill",
                                       .product = "cpo",
                                       .quantity = Dec("1"),
                                       .claim = Sg(),
                                       .lot = "L1",
                                       .beneficiary = "someone"}),
            Code::kHeld);
  EXPECT_EQ(Post("2025-02-01", Downgrade{.site = "mill",
                                         .product = "cpo",
                                         .quantity = Dec("1"),
                                         .claim = Sg(),
                                         .lot = "L1",
                                         .to_model = Model::kMassBalance}),
            Code::kHeld);
  EXPECT_EQ(Post("2025-02-01", Adjust{.site = "mill",
                                      .product = "cpo",
                                      .quantity = Dec("1"),
                                      .claim = Sg(),
                                      .lot = "L1",
                                      .reason = AdjustReason::kLoss}),
            Code::kHeld);
  // The pool beside it moves.
  EXPECT_EQ(Post("2025-02-01", ShipmentOf("S1", "")), Code::kAccepted);

  Given("2025-02-02", Release{.lot = "L1", .reason = "cleared"});
  EXPECT_EQ(Post("2025-02-02", ShipmentOf("S2", "L1")), Code::kAccepted);
}

TEST_F(HoldRulesTest, AProcessTakesNothingFromALotOnHold) {
  Given("2025-02-01", Hold{.lot = "L1", .reason = "doubt"});
  EXPECT_EQ(Post("2025-02-01",
                 Process{.site = "mill",
                         .process = "split",
                         .inputs = List({ProcessInput{.product = "cpo",
                                                      .quantity = Dec("10"),
                                                      .claim = Sg(),
                                                      .lot = "L1"}}),
                         .outputs = List({ProcessOutput{.product = "cpo",
                                                        .quantity = Dec("10"),
                                                        .claim = Sg(),
                                                        .lot = "L2"}})}),
            Code::kHeld);
}

TEST_F(HoldRulesTest, AllOfAProductAtASiteCanBeHeld) {
  Given("2025-02-01",
        Hold{.site = "mill", .product = "cpo", .reason = "doubt"});
  EXPECT_EQ(Post("2025-02-01", ShipmentOf("S1", "L1")), Code::kHeld);
  EXPECT_EQ(Post("2025-02-01", ShipmentOf("S1", "")), Code::kHeld);
  EXPECT_THAT(refusal().message,
              testing::HasSubstr("product \"cpo\" at site \"mill\""));
  // More may come in.
  EXPECT_EQ(Post("2025-02-01", Originate{.site = "mill",
                                         .product = "cpo",
                                         .quantity = Dec("1"),
                                         .claim = Sg()}),
            Code::kAccepted);
  Given("2025-02-01",
        Release{.site = "mill", .product = "cpo", .reason = "cleared"});
  EXPECT_EQ(Post("2025-02-01", ShipmentOf("S1", "")), Code::kAccepted);
}

TEST_F(HoldRulesTest, AShipmentOnHoldDoesNotEnd) {
  Given("2025-02-01", ShipmentOf("S1", ""));
  Given("2025-02-01", Hold{.shipment = "S1", .reason = "doubt"});
  EXPECT_EQ(Post("2025-02-02", Accept{.shipment = "S1"}), Code::kHeld);
  EXPECT_EQ(Post("2025-02-02", Reject{.shipment = "S1", .reason = "wet"}),
            Code::kHeld);
  EXPECT_EQ(Post("2025-02-02", Recall{.shipment = "S1", .reason = "wrong"}),
            Code::kHeld);
  Given("2025-02-02", Release{.shipment = "S1", .reason = "cleared"});
  EXPECT_EQ(Post("2025-02-02", Accept{.shipment = "S1"}), Code::kAccepted);
}

TEST_F(HoldRulesTest, SerialsOfABlockOnHoldDoNotMove) {
  const TransferCredits transfer;
  const Event event = NewEvent("2025-02-01", &transfer);
  State held;
  Plan plan;
  plan.registry_change = Named<Party>{"miller", Party{}};
  held.Apply(plan);
  plan.Clear();
  NewBlock block{.name = "B1", .holder = PartyIndex(0)};
  block.block.scheme = SchemeIndex(0);
  block.block.product = ProductIndex(0);
  block.block.issuer = PartyIndex(0);
  block.block.count = 10;
  plan.new_blocks.push_back(block);
  plan.hold_changes.push_back({HoldTarget(BlockIndex(0)), true});
  held.Apply(plan);
  plan.Clear();
  plan.serial_moves.push_back(
      {.serials = {.block = BlockIndex(0), .from = 1, .to = 5}});

  Case c{.state = held,
         .event = event,
         .position = 0,
         .recorded_at = event.occurred_at,
         .date = event.date(),
         .plan = plan};
  CheckHolds(c);
  ASSERT_FALSE(c.verdict.accepted());
  EXPECT_EQ(c.verdict.refusal().code, Code::kHeld);
}

TEST_F(HoldRulesTest, WhatIsTaintedNeverLeaves) {
  Given("2025-02-01", Receive{.site = "mill",
                              .product = "cpo",
                              .quantity = Dec("10"),
                              .supplier = "market",
                              .lot = "U1",
                              .attributes = {.origin_country = "ZZ"}});
  Given("2025-02-02",
        Process{.site = "mill",
                .process = "blend",
                .inputs = List({ProcessInput{.product = "cpo",
                                             .quantity = Dec("100"),
                                             .claim = Sg(),
                                             .lot = "L1"},
                                ProcessInput{.product = "cpo",
                                             .quantity = Dec("10"),
                                             .lot = "U1"}}),
                .outputs = List({ProcessOutput{
                    .product = "cpo", .quantity = Dec("110"), .lot = "M1"}})});
  Ship ship = ShipmentOf("S1", "M1");
  ship.lines =
      List({ShipLine{.product = "cpo", .quantity = Dec("1"), .lot = "M1"}});
  EXPECT_EQ(Post("2025-02-03", ship), Code::kTainted);
  EXPECT_EQ(refusal().rule, "R23");
  // It may be written off where it is.
  EXPECT_EQ(Post("2025-02-03", Adjust{.site = "mill",
                                      .product = "cpo",
                                      .quantity = Dec("1"),
                                      .lot = "M1",
                                      .reason = AdjustReason::kLoss}),
            Code::kAccepted);
}

TEST_F(HoldRulesTest, AHoldNamesWhatIsKnown) {
  EXPECT_EQ(Post("2025-02-01", Hold{.lot = "none", .reason = "doubt"}),
            Code::kUnknownLot);
  EXPECT_EQ(Post("2025-02-01", Hold{.shipment = "none", .reason = "doubt"}),
            Code::kUnknownShipment);
  EXPECT_EQ(Post("2025-02-01", Hold{.block = "none", .reason = "doubt"}),
            Code::kUnknownBlock);
  EXPECT_EQ(
      Post("2025-02-01",
           Release{.site = "none", .product = "cpo", .reason = "cleared"}),
      Code::kUnknownSite);
  EXPECT_EQ(
      Post("2025-02-01",
           Release{.site = "mill", .product = "none", .reason = "cleared"}),
      Code::kUnknownProduct);
}

}  // namespace
}  // namespace tally
