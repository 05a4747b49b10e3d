#include <gtest/gtest.h>

#include "tests/engine/rules/credits_fixture.h"

namespace tally {
namespace {

class TransferCreditsTest : public CreditsFixture {};

TEST_F(TransferCreditsTest, MovesTheOldestVintageFirst) {
  AddCredits();
  Issued("2024-05-01", "young", "10", "2024");
  Issued("2024-05-01", "old", "10", "2023");
  Issued("2024-05-01", "young-too", "10", "2024-06-01/2024-12-31");
  EXPECT_EQ(Post("2024-06-01", Sale("brand", "25")), Code::kAccepted);
  EXPECT_EQ(Drawn(), "old 1-10, young 1-10, young-too 1-5");
  EXPECT_EQ(Has("brand", CreditState::kIssued), "25");
  EXPECT_EQ(Has("miller", CreditState::kIssued), "5");
}

TEST_F(TransferCreditsTest, TheVintagesLastDayDecides) {
  AddCredits();
  Issued("2024-05-01", "year", "10", "2024");
  Issued("2024-05-01", "spring", "10", "2024-05");
  Given("2024-06-01", Sale("brand", "5"));
  EXPECT_EQ(Drawn(), "spring 1-5");
}

TEST_F(TransferCreditsTest, AnswersAdjacentSerialsAsOneRange) {
  AddCredits();
  Issued("2024-05-01", "B1", "30");
  Given("2024-06-01", Sale("brand", {{"B1", 11, 20}}));
  Given("2024-06-02", Sale("brand", {{"B1", 1, 5}, {"B1", 6, 10}}));
  EXPECT_EQ(Drawn(), "B1 1-10");
  Given("2024-06-03", Sale("other", "10"));
  EXPECT_EQ(Drawn(), "B1 21-30");
}

TEST_F(TransferCreditsTest, AShortfallSaysWhatThereIs) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  EXPECT_EQ(Post("2024-06-01", Sale("brand", "41")), Code::kInsufficient);
  EXPECT_EQ(FigureOf("asked"), "41");
  EXPECT_EQ(FigureOf("available"), "40");
}

TEST_F(TransferCreditsTest, NamedSerialsAreTheHolders) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-06-01", Sale("brand", {{"B1", 11, 20}}));
  EXPECT_EQ(Post("2024-06-02", Sale("other", {{"B1", 10, 11}})), Code::kSerial);
  EXPECT_EQ(refusal().message.find("brand"), std::string::npos);
  EXPECT_EQ(Post("2024-06-02", Sale("other", {{"B1", 40, 41}})), Code::kSerial);
  EXPECT_EQ(Post("2024-06-02", Sale("other", {{"B1", 1, 5}, {"B1", 5, 9}})),
            Code::kSerial);
  EXPECT_EQ(Post("2024-06-02", Sale("other", {{"B9", 1, 5}})),
            Code::kUnknownBlock);
  EXPECT_EQ(Post("2024-06-02", Sale("other", {{"B1", 5, 4}})),
            Code::kInvalidArgument);
  EXPECT_EQ(Post("2024-06-02", Sale("other", {{"B1", 0, 4}})),
            Code::kInvalidArgument);
}

TEST_F(TransferCreditsTest, NamedSerialsAreOfTheSchemeAndProduct) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  TransferCredits sale = Sale("other", {{"B1", 1, 5}});
  sale.product = "gold";
  EXPECT_EQ(Post("2024-06-02", sale), Code::kSerial);
}

TEST_F(TransferCreditsTest, NothingMovesBeforeItCame) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-06-01", Sale("brand", "10"));
  TransferCredits back = Sale("other", {{"B1", 1, 10}});
  back.from_party = "brand";
  EXPECT_EQ(Post("2024-05-31", back), Code::kSerial);
  back.serials = {};
  back.quantity = Dec("10");
  EXPECT_EQ(Post("2024-05-31", back), Code::kInsufficient);
  EXPECT_EQ(Post("2024-06-01", back), Code::kAccepted);
  EXPECT_EQ(Post("2024-04-30", Sale("brand", "1")), Code::kInsufficient);
}

TEST_F(TransferCreditsTest, RetiredSerialsMoveNoMore) {
  AddCredits();
  Issued("2024-05-01", "B1", "40");
  Given("2024-06-01", Redemption("miller", {{"B1", 1, 10}}));
  EXPECT_EQ(Post("2024-06-02", Sale("brand", {{"B1", 5, 15}})), Code::kRetired);
  EXPECT_EQ(refusal().rule, "R48");
  Given("2024-06-02", Sale("brand", "5"));
  EXPECT_EQ(Drawn(), "B1 11-15");
}

TEST_F(TransferCreditsTest, ALifeOfMonthsEndsOnItsLastDay) {
  AddCredits(R"({"expiry": {"kind": "MONTHS_FROM_PRODUCTION", "count": 12}})");
  Issued("2025-02-10", "B1", "30", "2025-01");
  EXPECT_EQ(Post("2026-01-31", Sale("brand", {{"B1", 1, 10}})),
            Code::kAccepted);
  EXPECT_TRUE(Warned(Warning::kExpiring));
  EXPECT_EQ(Post("2026-02-01", Sale("brand", {{"B1", 11, 20}})),
            Code::kExpired);
  EXPECT_EQ(Post("2026-02-01", Sale("brand", "10")), Code::kExpired);
  EXPECT_EQ(Post("2026-02-01", Sale("brand", "21")), Code::kInsufficient);
  EXPECT_EQ(Has("miller", CreditState::kIssued, "2026-01-31"), "20");
  EXPECT_EQ(Has("miller", CreditState::kIssued, "2026-02-01"), "0");
  EXPECT_EQ(Has("miller", CreditState::kExpired, "2026-02-01"), "20");
}

TEST_F(TransferCreditsTest, ATradingTailEndsOnADayOfTheNextYear) {
  AddCredits(
      R"({"expiry": {"kind": "DATE_AFTER_VINTAGE", "month_day": "03-31"}})");
  Issued("2016-09-01", "GP16", "20", "2016");
  EXPECT_EQ(Post("2017-03-31", Sale("brand", "10")), Code::kAccepted);
  EXPECT_EQ(Post("2017-04-01", Sale("brand", "10")), Code::kExpired);
}

TEST_F(TransferCreditsTest, VintageYearsEndWithAYear) {
  AddCredits(R"({"expiry": {"kind": "VINTAGE_YEARS", "count": 1}})");
  Issued("2023-06-30", "R23", "20", "2023");
  EXPECT_EQ(Post("2024-12-31", Sale("brand", "10")), Code::kAccepted);
  EXPECT_EQ(Post("2025-01-01", Sale("brand", "10")), Code::kExpired);
}

TEST_F(TransferCreditsTest, ExpiredCreditsArePassedOver) {
  AddCredits(R"({"expiry": {"kind": "VINTAGE_YEARS", "count": 1}})");
  Issued("2023-06-30", "R23", "20", "2023");
  Issued("2024-06-30", "R24", "20", "2024");
  EXPECT_EQ(Post("2025-01-01", Sale("brand", "10")), Code::kAccepted);
  EXPECT_EQ(Drawn(), "R24 1-10");
  EXPECT_EQ(Post("2025-01-01", Sale("brand", "11")), Code::kExpired);
  EXPECT_EQ(FigureOf("available"), "10");
  EXPECT_EQ(FigureOf("expired"), "20");
}

TEST_F(TransferCreditsTest, QuantitiesAreMultiplesOfTheUnit) {
  AddCredits(R"({"unit": "25"})");
  Issued("2024-05-01", "B1", "100");
  EXPECT_EQ(Post("2024-06-01", Sale("brand", "60")), Code::kInvalidQuantity);
  EXPECT_EQ(Post("2024-06-01", Sale("brand", "50")), Code::kAccepted);
  EXPECT_EQ(Drawn(), "B1 1-2");
  EXPECT_EQ(Has("brand", CreditState::kIssued), "50");
}

TEST_F(TransferCreditsTest, RefusesWhatIsUnknown) {
  AddCredits();
  Issued("2024-05-01", "B1", "100");
  const auto answer = [this](auto change) {
    TransferCredits sale = Sale("brand", "10");
    change(sale);
    return Post("2024-06-01", sale);
  };
  EXPECT_EQ(answer([](auto& s) { s.from_party = "x"; }), Code::kUnknownParty);
  EXPECT_EQ(answer([](auto& s) { s.to_party = "x"; }), Code::kUnknownParty);
  EXPECT_EQ(answer([](auto& s) { s.scheme = "x"; }), Code::kUnknownScheme);
  EXPECT_EQ(answer([](auto& s) { s.product = "x"; }), Code::kUnknownProduct);
  EXPECT_EQ(answer([](auto& s) { s.with_shipment = "x"; }),
            Code::kUnknownShipment);
  EXPECT_EQ(answer([](auto& s) { s.quantity.reset(); }),
            Code::kInvalidArgument);
}

// Credits that move only beside volume.
class AttachedCreditsTest : public CreditsFixture {
 protected:
  void SetUp() override {
    CreditsFixture::SetUp();
    AddCredits(R"({"attach_ratio": "2.5"})");
    AddSite("depot", "brand");
    Issued("2025-01-31", "R1", "2751", "2025");
    ShipFuel("F1", "100");
    ShipFuel("F2", "100");
  }

  void ShipFuel(std::string_view shipment, std::string_view quantity) {
    Given("2025-03-01",
          Ship{.shipment = shipment,
               .from_site = "mill",
               .to_site = "depot",
               .lines = List(
                   {ShipLine{.product = "cpo", .quantity = Dec(quantity)}})});
  }

  Code Attach(std::string_view shipment, std::string_view quantity) {
    TransferCredits sale = Sale("brand", quantity);
    sale.with_shipment = shipment;
    return Post("2025-03-20", sale);
  }
};

TEST_F(AttachedCreditsTest, AShipmentCarriesSoManyTimesItsVolume) {
  EXPECT_EQ(Attach("F1", "251"), Code::kAttachRatio);
  EXPECT_EQ(FigureOf("volume"), "100");
  EXPECT_EQ(Attach("F1", "250"), Code::kAccepted);
  EXPECT_EQ(Attach("F1", "1"), Code::kAttachRatio);
  EXPECT_EQ(FigureOf("attached_before"), "250");
  EXPECT_EQ(Attach("F2", "1"), Code::kAccepted);
  EXPECT_EQ(Drawn(), "R1 251-251");
}

TEST_F(AttachedCreditsTest, WithoutAShipmentNothingMoves) {
  EXPECT_EQ(Attach("", "1"), Code::kAttachRatio);
}

TEST_F(AttachedCreditsTest, TheShipmentIsBetweenTheTwoParties) {
  TransferCredits sale = Sale("other", "1");
  sale.with_shipment = "F1";
  EXPECT_EQ(Post("2025-03-20", sale), Code::kAttachRatio);
}

TEST_F(AttachedCreditsTest, WhatCameBackCarriesNothing) {
  Given("2025-03-02", Reject{.shipment = "F1", .reason = "wet"});
  EXPECT_EQ(Attach("F1", "1"), Code::kAttachRatio);
  Given("2025-03-02",
        Accept{.shipment = "F2",
               .lines =
                   List({AcceptLine{.product = "cpo", .quantity = Dec("40")}}),
               .reason = "spilt"});
  EXPECT_EQ(Attach("F2", "101"), Code::kAttachRatio);
  EXPECT_EQ(Attach("F2", "100"), Code::kAccepted);
}

}  // namespace
}  // namespace tally
