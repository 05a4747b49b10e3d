#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/model/limits.h"
#include "tests/engine/rules/shape_fixture.h"

namespace tally {
namespace {

TEST_F(ShapeTest, GoodEventsPass) {
  EXPECT_EQ(WrongIn(GoodOriginate()), "");
  EXPECT_EQ(WrongIn(GoodReceive()), "");
  EXPECT_EQ(WrongIn(GoodShip()), "");
  EXPECT_EQ(WrongIn(GoodProcess()), "");
  EXPECT_EQ(WrongIn(GoodGrant()), "");
  EXPECT_EQ(WrongIn(GoodRedeem()), "");
}

TEST_F(ShapeTest, TheEventItselfHasIdDateAndKind) {
  const Originate originate = GoodOriginate();
  Event event = NewEvent("2025-01-01", &originate);
  event.id = Uuid();
  event.occurred_at = Instant(Date::Max());
  event.actor = "no body";
  const std::string document(kDocumentBytesMax + 1, 'x');
  event.document = document;
  EXPECT_EQ(InWords(CheckShape(event)),
            "INVALID_ARGUMENT id occurred_at document actor");

  event = NewEvent("2025-01-01", Body());
  EXPECT_EQ(InWords(CheckShape(event)), "INVALID_ARGUMENT kind");
  EXPECT_EQ(CheckShape(event)->message, "kind is missing");
}

TEST_F(ShapeTest, WhatTheDecoderCouldNotReadComesFirstAndAlone) {
  const Originate originate;
  Event event = NewEvent("2025-01-01", &originate);
  event.malformed = List(
      {Malformed{.code = Code::kInvalidQuantity,
                 .field = "originate.quantity",
                 .value = "1e3",
                 .limit = "a decimal"},
       Malformed{.field = "originate.site", .value = "", .limit = "given"}});
  const std::unique_ptr<Refusal> refusal = CheckShape(event);

  EXPECT_EQ(InWords(refusal),
            "INVALID_QUANTITY originate.quantity originate.site");
  EXPECT_EQ(refusal->violations[0].value, "1e3");
  EXPECT_EQ(refusal->violations[0].limit, "a decimal");
}

TEST_F(ShapeTest, TheFirstViolationGivesTheCode) {
  Originate originate = GoodOriginate();
  originate.quantity = Decimal{};
  originate.lot = "#";
  EXPECT_EQ(WrongIn(originate),
            "INVALID_QUANTITY originate.quantity originate.lot");
  originate.site = "";
  EXPECT_EQ(WrongIn(originate),
            "INVALID_ARGUMENT originate.site originate.quantity originate.lot");
}

TEST_F(ShapeTest, IdsHaveTheirCharactersAndLength) {
  Originate originate = GoodOriginate();
  const std::string longest(kIdBytesMax, 'x');
  originate.site = longest;
  EXPECT_EQ(WrongIn(originate), "");
  const std::string too_long(kIdBytesMax + 1, 'x');
  for (const std::string_view bad :
       {std::string_view(too_long), std::string_view("a b"),
        std::string_view("mühle"), std::string_view("a\0b", 3)}) {
    originate.site = bad;
    EXPECT_EQ(WrongIn(originate), "INVALID_ARGUMENT originate.site") << bad;
  }
  originate.site = "A.z_0:/-";
  EXPECT_EQ(WrongIn(originate), "");
}

TEST_F(ShapeTest, TextsAreUtf8AndBounded) {
  Receive receive = GoodReceive();
  const std::string longest(kNameBytesMax, 'x');
  receive.supplier = longest;
  EXPECT_EQ(WrongIn(receive), "");
  const std::string too_long(kNameBytesMax + 1, 'x');
  receive.supplier = too_long;
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.supplier");
  receive.supplier = "\xff\xfe";
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.supplier");
  EXPECT_EQ(RefusalOf(receive)->violations[0].value, "??");
  receive.supplier = "";
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.supplier");

  const std::string reason(kTextBytesMax, 'x');
  EXPECT_EQ(WrongIn(Reject{.shipment = "S1", .reason = reason}), "");
  EXPECT_EQ(WrongIn(Reject{.shipment = "S1", .reason = reason + "x"}),
            "INVALID_ARGUMENT reject.reason");
  EXPECT_EQ(WrongIn(Recall{.shipment = "S1"}),
            "INVALID_ARGUMENT recall.reason");
}

TEST_F(ShapeTest, QuantitiesAreAboveZero) {
  Originate originate = GoodOriginate();
  originate.quantity = Dec("0.00");
  EXPECT_EQ(WrongIn(originate), "INVALID_QUANTITY originate.quantity");
  originate.quantity = Decimal{.mantissa = -1, .scale = 0};
  EXPECT_EQ(WrongIn(originate), "INVALID_QUANTITY originate.quantity");
  originate.quantity = Decimal{.mantissa = 1, .scale = -1};
  EXPECT_EQ(WrongIn(originate), "INVALID_QUANTITY originate.quantity");
  // A count may be zero.
  EXPECT_EQ(
      WrongIn(CountStock{
          .site = "mill", .product = "cpo", .physical_quantity = Dec("0")}),
      "");
}

TEST_F(ShapeTest, AClaimHasSchemeAndModel) {
  Originate originate = GoodOriginate();
  originate.claim = {};
  EXPECT_EQ(WrongIn(originate),
            "INVALID_ARGUMENT originate.claim.scheme originate.claim.model");
  Receive receive = GoodReceive();
  receive.claim = {.scheme = "s"};
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.claim.model");
  receive.claim = {.scheme = "", .model = Model::kSegregated};
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.claim.scheme");
  receive.claim = {.scheme = "s", .model = static_cast<Model>(9)};
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.claim.model");
}

TEST_F(ShapeTest, IdentityPreservedNamesALotAndMassBalanceNone) {
  Originate originate = GoodOriginate();
  originate.claim = Ip();
  EXPECT_EQ(WrongIn(originate), "INVALID_ARGUMENT originate.lot");
  originate.lot = "L1";
  EXPECT_EQ(WrongIn(originate), "");
  originate.claim = Mb();
  EXPECT_EQ(WrongIn(originate), "INVALID_ARGUMENT originate.lot");

  ShipLine line = GoodLine();
  line.claim = Ip();
  EXPECT_EQ(WrongIn(ShipOf(line)), "INVALID_ARGUMENT ship.lines[0].lot");
  line.lot = "L1";
  line.as_model = Model::kMassBalance;
  EXPECT_EQ(WrongIn(ShipOf(line)), "");
  const Downgrade downgrade{.site = "mill",
                            .product = "cpo",
                            .quantity = Dec("1"),
                            .claim = Mb(),
                            .lot = "L1"};
  EXPECT_EQ(WrongIn(downgrade), "INVALID_ARGUMENT downgrade.lot");
  Process process = GoodProcess();
  process.inputs = List({ProcessInput{.product = "ffb", .claim = Ip()}});
  EXPECT_EQ(WrongIn(process), "INVALID_ARGUMENT process.inputs[0].lot");
}

TEST_F(ShapeTest, FurtherClaimsAreOfOtherSchemes) {
  Originate originate = GoodOriginate();
  originate.also = List({Claim("t", Model::kSegregated)});
  EXPECT_EQ(WrongIn(originate), "");
  originate.also = List({Claim("t", Model::kSegregated), Mb()});
  EXPECT_EQ(WrongIn(originate), "INVALID_ARGUMENT originate.also[1].scheme");
  originate.also = List({Claim("t", Model::kIdentityPreserved)});
  EXPECT_EQ(WrongIn(originate), "INVALID_ARGUMENT originate.lot");

  Receive receive = GoodReceive();
  receive.also = List({Sg()});
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.claim");
  std::vector<ClaimName> many(kAlsoClaimsMax + 1, Sg());
  receive.also = many;
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.also");
}

TEST_F(ShapeTest, ASharesIsAPercentageOfAClaim) {
  Receive receive = GoodReceive();
  receive.claims_share = Dec("70");
  EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.claims_share");
  receive.claim = Mb();
  EXPECT_EQ(WrongIn(receive), "");
  receive.claims_share = Dec("100.00");
  EXPECT_EQ(WrongIn(receive), "");
  for (const std::string_view bad : {"0", "100.01", "1000000000000000000"}) {
    receive.claims_share = Dec(bad);
    EXPECT_EQ(WrongIn(receive), "INVALID_ARGUMENT receive.claims_share") << bad;
  }
  // A blend is nothing without its share.
  Process process = GoodProcess();
  ProcessOutput output = GoodOutput();
  output.claim.model = Model::kControlledBlending;
  process.outputs = List({output});
  EXPECT_EQ(WrongIn(process),
            "INVALID_ARGUMENT process.outputs[0].claims_share");
}

TEST_F(ShapeTest, AttributesAreChecked) {
  Originate originate = GoodOriginate();
  originate.attributes = {.origin_country = "id",
                          .ghg = Decimal{.mantissa = -1},
                          .level = "\xc0",
                          .source_status = static_cast<SourceStatus>(7)};
  EXPECT_EQ(WrongIn(originate),
            "INVALID_ARGUMENT originate.attributes.origin_country "
            "originate.attributes.ghg originate.attributes.level "
            "originate.attributes.source_status");
  originate.attributes = {.origin_country = "ZZ", .ghg = Dec("0")};
  EXPECT_EQ(WrongIn(originate), "");
}

TEST_F(ShapeTest, TagsAreNamedOnceAndBounded) {
  Originate originate = GoodOriginate();
  originate.tags = Names({"T1", "T 2"});
  EXPECT_EQ(WrongIn(originate), "");
  originate.tags = Names({"T1", "", "T1"});
  EXPECT_EQ(WrongIn(originate),
            "INVALID_ARGUMENT originate.tags[1] originate.tags[2]");
  std::vector<std::string> texts;
  for (int i = 0; i <= kTagsMax; ++i) texts.push_back(std::to_string(i));
  const std::vector<std::string_view> tags(texts.begin(), texts.end());
  originate.tags = tags;
  EXPECT_EQ(WrongIn(originate), "INVALID_ARGUMENT originate.tags");
  EXPECT_EQ(RefusalOf(originate)->violations[0].value, "101 elements");
}

TEST_F(ShapeTest, AShipmentGoesToASiteOrOutside) {
  Ship ship = GoodShip();
  ship.to_external = "buyer";
  EXPECT_EQ(WrongIn(ship), "INVALID_ARGUMENT ship.to_site");
  ship.to_site = "";
  EXPECT_EQ(WrongIn(ship), "");
  ship.to_external = "";
  EXPECT_EQ(WrongIn(ship), "INVALID_ARGUMENT ship.to_site");
}

TEST_F(ShapeTest, AShipmentHasLinesUpToTheLimit) {
  Ship ship = GoodShip();
  ship.lines = {};
  EXPECT_EQ(WrongIn(ship), "INVALID_ARGUMENT ship.lines");
  const std::vector<ShipLine> most(kLinesMax, GoodLine());
  ship.lines = most;
  EXPECT_EQ(WrongIn(ship), "");
  const std::vector<ShipLine> too_many(kLinesMax + 1, GoodLine());
  ship.lines = too_many;
  EXPECT_EQ(WrongIn(ship), "INVALID_ARGUMENT ship.lines");
}

TEST_F(ShapeTest, ConventionalLinesHaveNoModelToChange) {
  ShipLine line = GoodLine();
  line.claim = {};
  EXPECT_EQ(WrongIn(ShipOf(line)), "");
  line.as_model = Model::kMassBalance;
  EXPECT_EQ(WrongIn(ShipOf(line)), "INVALID_ARGUMENT ship.lines[0].as_model");
}

TEST_F(ShapeTest, SerialsAreRanges) {
  RedeemCredits redeem = GoodRedeem();
  redeem.quantity.reset();
  redeem.serials = List({SerialRange{"B1", 1, 10}, SerialRange{"B2", 5, 5}});
  EXPECT_EQ(WrongIn(redeem), "");
  redeem.serials = List({SerialRange{"", 0, -1}});
  EXPECT_EQ(WrongIn(redeem),
            "INVALID_ARGUMENT redeem_credits.serials[0].block "
            "redeem_credits.serials[0].from redeem_credits.serials[0].to");
  ShipLine line = GoodLine();
  line.serials = List({SerialRange{"B1", 2, 1}});
  EXPECT_EQ(WrongIn(ShipOf(line)),
            "INVALID_ARGUMENT ship.lines[0].serials[0].to");
  const std::vector<SerialRange> many(kSerialRangesMax + 1,
                                      SerialRange{"B1", 1, 1});
  redeem.serials = many;
  EXPECT_EQ(WrongIn(redeem), "INVALID_ARGUMENT redeem_credits.serials");
}

TEST_F(ShapeTest, CreditsAreNamedByQuantityOrSerials) {
  RedeemCredits redeem = GoodRedeem();
  redeem.serials = List({SerialRange{"B1", 1, 5}});
  EXPECT_EQ(WrongIn(redeem), "INVALID_ARGUMENT redeem_credits.quantity");
  redeem = GoodRedeem();
  redeem.quantity.reset();
  EXPECT_EQ(WrongIn(redeem), "INVALID_ARGUMENT redeem_credits.quantity");
  EXPECT_EQ(WrongIn(WithdrawCredits{}),
            "INVALID_ARGUMENT withdraw_credits.block");
}

TEST_F(ShapeTest, VintagesAndClaimPeriodsArePeriods) {
  RedeemCredits redeem = GoodRedeem();
  for (const std::string_view good :
       {"2024", "2024-02", "2024-01-01/2024-06-30"}) {
    redeem.claim_period = good;
    EXPECT_EQ(WrongIn(redeem), "") << good;
  }
  for (const std::string_view bad :
       {"", "24", "2024-13", "2024-02-30/2024-03-01",
        "2024-06-30/2024-01-01"}) {
    redeem.claim_period = bad;
    EXPECT_EQ(WrongIn(redeem), "INVALID_ARGUMENT redeem_credits.claim_period")
        << bad;
  }
}

TEST_F(ShapeTest, TermsMustBeGiven) {
  RedeemCredits redeem = GoodRedeem();
  redeem.purpose = Purpose::kUnspecified;
  EXPECT_EQ(WrongIn(redeem), "INVALID_ARGUMENT redeem_credits.purpose");
  EXPECT_EQ(
      WrongIn(Adjust{.site = "mill", .product = "cpo", .quantity = Dec("1")}),
      "INVALID_ARGUMENT adjust.reason");
  EXPECT_EQ(
      WrongIn(SetSourceStatus{.source = "mine", .from = Day("2025-01-01")}),
      "INVALID_ARGUMENT set_source_status.status");
  EXPECT_EQ(WrongIn(SetCertificateStatus{.certificate = "C1",
                                         .effective_from = Day("2025-01-01")}),
            "INVALID_ARGUMENT set_certificate_status.status");
}

TEST_F(ShapeTest, AProcessHasInputsAndOutputs) {
  Process process = GoodProcess();
  process.outputs = {};
  process.inputs = {};
  EXPECT_EQ(WrongIn(process),
            "INVALID_ARGUMENT process.inputs process.outputs");
}

TEST_F(ShapeTest, ReportsABoundedNumberOfViolations) {
  Ship ship = GoodShip();
  const std::vector<ShipLine> lines(kLinesMax);
  ship.lines = lines;
  EXPECT_EQ(RefusalOf(ship)->violations.size(),
            static_cast<size_t>(kViolationsMax));
}

TEST_F(ShapeTest, ShowsABoundedPartOfAValue) {
  Originate originate = GoodOriginate();
  const std::string huge(100'000, 'x');
  originate.site = huge;
  EXPECT_EQ(RefusalOf(originate)->violations[0].value,
            std::string(kShownBytesMax, 'x') + "...");
}

}  // namespace
}  // namespace tally
