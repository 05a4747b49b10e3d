// What an event reaches, as the certification body gets it: with shares, page
// by page, before its void and after it.

#include "engine/ledger/affected_queries.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/engine/ledger/ledger_fixture.h"

namespace tally {
namespace {

constexpr ClaimName kSegregated{.scheme = "g", .model = Model::kSegregated};
constexpr std::string_view kScheme =
    R"({"scheme": "g", "certificate": {"required": false},
        "models": {"SEGREGATED": {}, "BOOK_AND_CLAIM": {}}})";

class AffectedTest : public LedgerFixture {
 protected:
  void SetUp() override {
    Open();
    AddWorld({"mill", "shop"});
    EXPECT_TRUE(PostOne("g", DefineScheme{.profile = kScheme}).accepted());
    Originate("false", "L1", "60");
    Originate("true", "L2", "40");
  }

  void Originate(std::string_view name, std::string_view lot,
                 std::string_view quantity) {
    EXPECT_TRUE(PostOne(name, tally::Originate{.site = "mill",
                                               .product = "oil",
                                               .quantity = Dec(quantity),
                                               .claim = kSegregated,
                                               .lot = lot})
                    .accepted());
  }

  // 60 of the false lot and 40 of the true one become L3.
  void Mix() {
    const ProcessInput inputs[] = {{.product = "oil",
                                    .quantity = Dec("60"),
                                    .claim = kSegregated,
                                    .lot = "L1"},
                                   {.product = "oil",
                                    .quantity = Dec("40"),
                                    .claim = kSegregated,
                                    .lot = "L2"}};
    const ProcessOutput outputs[] = {{.product = "oil",
                                      .quantity = Dec("100"),
                                      .claim = kSegregated,
                                      .lot = "L3"}};
    EXPECT_TRUE(PostOne("mix", Process{.site = "mill",
                                       .process = "mixing",
                                       .inputs = inputs,
                                       .outputs = outputs})
                    .accepted());
  }

  void Ship(std::string_view quantity) {
    const ShipLine lines[] = {{.product = "oil",
                               .quantity = Dec(quantity),
                               .claim = kSegregated,
                               .lot = "L3"}};
    EXPECT_TRUE(PostOne("S1", tally::Ship{.shipment = "S1",
                                          .from_site = "mill",
                                          .to_site = "shop",
                                          .lines = lines})
                    .accepted());
  }

  void BookAndRedeem() {
    EXPECT_TRUE(PostOne("B1", IssueCredits{.site = "mill",
                                           .product = "oil",
                                           .scheme = "g",
                                           .quantity = Dec("30"),
                                           .vintage = "2025",
                                           .block = "B1",
                                           .lot = "L3"})
                    .accepted());
    EXPECT_TRUE(PostOne("R1", RedeemCredits{.holder = "miller",
                                            .scheme = "g",
                                            .product = "oil",
                                            .quantity = Dec("10"),
                                            .beneficiary = "us",
                                            .claim_period = "2025",
                                            .purpose = Purpose::kVoluntary})
                    .accepted());
  }

  // "LOT L3 60 of 100", page by page.
  std::vector<std::string> Listed(std::string_view event, int32_t size,
                                  int* pages = nullptr) {
    static constexpr std::string_view kKinds[] = {
        "", "HOLDING", "LOT", "SHIPMENT", "BLOCK", "REDEMPTION"};
    std::vector<std::string> listed;
    AffectedQuestion question{.event = UuidOfName(event),
                              .page = {.size = size}};
    std::string after;
    for (int page = 0; page < 100; ++page) {
      question.page.after = after;
      const auto answer = ListAffected(*ledger_, question);
      EXPECT_TRUE(answer.ok()) << answer.status().ToString();
      if (!answer.ok()) break;
      if (pages != nullptr) *pages = page + 1;
      EXPECT_LE(answer->things.size(), static_cast<size_t>(size));
      for (const AffectedThing& thing : answer->things) {
        const bool own = thing.kind == AffectedKind::kRedemption ||
                         thing.kind == AffectedKind::kHolding;
        listed.push_back(std::string(kKinds[static_cast<int>(thing.kind)]) +
                         " " + (own ? thing.site : thing.id) + " " +
                         thing.concerned.ToString() + " of " +
                         thing.quantity.ToString());
      }
      if (answer->next.empty()) break;
      after = answer->next;
    }
    return listed;
  }
};

TEST_F(AffectedTest, ListsEveryThingWithItsShare) {
  Mix();
  Ship("50");
  BookAndRedeem();
  const std::vector<std::string> expected = {
      "LOT L1 60 of 60",      "LOT L3 60 of 100",  "HOLDING mill 12 of 20",
      "SHIPMENT S1 30 of 50", "BLOCK B1 18 of 30", "REDEMPTION  6 of 10",
  };
  EXPECT_EQ(Listed("false", 100), expected);
  int pages = 0;
  EXPECT_EQ(Listed("false", 1, &pages), expected);
  EXPECT_GE(pages, 6);
}

TEST_F(AffectedTest, SaysTheVoidAndTheDeficitThatItLeft) {
  Mix();
  const AffectedQuestion question{.event = UuidOfName("false")};
  auto answer = ListAffected(*ledger_, question);
  ASSERT_TRUE(answer.ok());
  EXPECT_FALSE(answer->voided_by.has_value());
  ASSERT_TRUE(
      PostOne("v", Void{.event = UuidOfName("false"), .reason = "false paper"})
          .accepted());
  answer = ListAffected(*ledger_, question);
  ASSERT_TRUE(answer.ok());
  ASSERT_TRUE(answer->voided_by.has_value());
  EXPECT_GT(*answer->voided_by, answer->event_position);
  EXPECT_EQ(
      Listed("false", 100),
      (std::vector<std::string>{"LOT L1 60 of 60", "HOLDING mill 0 of -60",
                                "LOT L3 60 of 100", "HOLDING mill 60 of 100"}));
}

TEST_F(AffectedTest, AnEntitlementIsListedByItsAccount) {
  ASSERT_TRUE(PostOne("r1", OilIn("mill", "100")).accepted());
  EXPECT_EQ(ShipOil("T1", "mill", "70"), Code::kAccepted);
  ASSERT_TRUE(
      PostOne("v", Void{.event = UuidOfName("r1"), .reason = "x"}).accepted());
  EXPECT_EQ(Listed("r1", 100),
            (std::vector<std::string>{"HOLDING mill 100 of -70"}));
}

TEST_F(AffectedTest, RefusesWhatItDoesNotKnow) {
  EXPECT_TRUE(absl::IsNotFound(
      ListAffected(*ledger_, {.event = UuidOfName("nobody")}).status()));
  AffectedQuestion question{.event = UuidOfName("false")};
  for (const char* token : {"1", "x", "9.0.0", "1.1.1.1", "-1.0.0"}) {
    question.page.after = token;
    EXPECT_FALSE(ListAffected(*ledger_, question).ok()) << token;
  }
}

}  // namespace
}  // namespace tally
