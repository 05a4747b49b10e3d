// Voids through the whole ledger: of events that are durable, of events of
// the same batch, in batches that are taken back, and after a restart.

#include <filesystem>
#include <string>

#include "engine/ledger/effects_codec.h"
#include "engine/ledger/lot_queries.h"
#include "engine/ledger/recent_effects.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

class VoidLedgerTest : public LedgerFixture {
 protected:
  static Void Annul(std::string_view name) {
    return {.event = UuidOfName(name), .reason = "false paper"};
  }

  TemporaryDirectory directory_;
};

TEST_F(VoidLedgerTest, AnEventOfTheSameBatchCanBeVoid) {
  Open();
  AddWorld({"mill", "shop"});
  BatchOf batch;
  batch.Add("r1", OilIn("mill", "100"))
      .Add("r2", OilIn("mill", "7"))
      .Add("v1", Annul("r1"));
  for (const Outcome& outcome : Post(batch).outcomes) {
    EXPECT_TRUE(outcome.accepted());
  }
  EXPECT_EQ(OilAt("mill"), "7");
}

TEST_F(VoidLedgerTest, AGroupThatIsTakenBackTakesItsVoidBack) {
  Open();
  AddWorld({"mill", "shop"});
  PostOne("r1", OilIn("mill", "100"));
  BatchOf batch;
  batch.Add("v1", Annul("r1")).Add("v2", Annul("r1")).AllOrNone();
  const BatchResult result = Post(batch);
  EXPECT_EQ(result.outcomes[1].code, Code::kAlreadyVoid);
  EXPECT_EQ(OilAt("mill"), "100");
  BatchOf judged;
  judged.Add("v1", Annul("r1")).ValidateOnly();
  EXPECT_TRUE(Post(judged).outcomes[0].accepted());
  EXPECT_EQ(OilAt("mill"), "100");
  EXPECT_EQ(PostOne("v1", Annul("r1")).code, Code::kAccepted);
  EXPECT_EQ(OilAt("mill"), "0");
  EXPECT_EQ(PostOne("v3", Annul("r1")).code, Code::kAlreadyVoid);
  EXPECT_EQ(PostOne("v4", Annul("r9")).code, Code::kUnknownEvent);
}

TEST_F(VoidLedgerTest, ARestartDecidesItAgain) {
  Open({.directory = directory_.path()});
  AddWorld({"mill", "shop"});
  PostOne("r1", OilIn("mill", "100"));
  PostOne("r2", OilIn("mill", "50"));
  EXPECT_EQ(ShipOil("S1", "mill", "30"), Code::kAccepted);
  EXPECT_EQ(PostOne("v1", Annul("r1")).code, Code::kAccepted);
  const Standing before = ledger_->standing();

  ledger_.reset();
  Open({.directory = directory_.path()});
  EXPECT_EQ(ledger_->standing(), before);
  EXPECT_EQ(OilAt("mill"), "20");
  EXPECT_EQ(PostOne("v2", Annul("r1")).code, Code::kAlreadyVoid);
  EXPECT_EQ(PostOne("v2", Annul("r2")).code, Code::kAccepted);

  // Without its derived tables, too.
  ledger_.reset();
  std::filesystem::remove_all(directory_.path() + "/index");
  Open({.directory = directory_.path()});
  EXPECT_EQ(OilAt("mill"), "-30");
}

TEST(EffectsCodecTest, WhatIsWrittenIsRead) {
  Effects effects{.kind = 7, .date = Day("2025-01-10")};
  effects.postings = {{.account = AccountIndex(5),
                       .product = ProductIndex(1),
                       .delta = Quantity(-70)},
                      {.boundary = Boundary::kConverted,
                       .product = ProductIndex(1),
                       .delta = Quantity::Max()}};
  effects.stock = {
      {SiteIndex(3), ProductIndex(1), Day("2025-01-10"), Quantity(-70)}};
  effects.flows = {{{SchemeIndex(1), ScopeIndex(2), PoolIndex(3)},
                    Day("2025-01-10"),
                    {.certified_in = 5, .all_in = 7}}};
  effects.reasons = {
      {AccountIndex(5), Quantity(3), ClaimIndex(9), Quantity(-4)}};
  effects.caps = {{CertificateIndex(2),
                   {ProductIndex(1), 3, CapUse::kDelivered, -1},
                   Quantity(8)}};
  const auto third = ExactQuantity::Of(Quantity(10), *Ratio::Of(1, 3));
  effects.needs = {
      {.key = {SiteIndex(1), "milling", ProductIndex(2), ClaimIndex(3)},
       .added = {.need = *third, .debited = Quantity(4)}}};
  effects.serials = {
      {.move = {.serials = {BlockIndex(1), 5, 9},
                .after = {PartyIndex(2), SerialState::kRetired,
                          Day("2025-01-10"), 77}},
       .before = {PartyIndex(1), SerialState::kIssued, Day("2024-01-10")}}};
  effects.ended = {ShipmentIndex(4)};
  std::string bytes;
  EncodeEffects(&effects, &bytes);
  const auto read = DecodeEffects(bytes);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->kind, 7);
  EXPECT_EQ(read->date, Day("2025-01-10"));
  ASSERT_EQ(read->postings.size(), 2);
  EXPECT_EQ(read->postings[0].account, AccountIndex(5));
  EXPECT_EQ(read->postings[0].delta, Quantity(-70));
  EXPECT_FALSE(read->postings[1].account.valid());
  EXPECT_EQ(read->postings[1].boundary, Boundary::kConverted);
  EXPECT_EQ(read->postings[1].delta, Quantity::Max());
  EXPECT_EQ(read->stock[0].delta, Quantity(-70));
  EXPECT_EQ(read->flows[0].key, effects.flows[0].key);
  EXPECT_EQ(read->flows[0].sums, effects.flows[0].sums);
  EXPECT_EQ(read->reasons[0].sold_under_claim, Quantity(-4));
  EXPECT_EQ(read->caps[0].key, effects.caps[0].key);
  EXPECT_EQ(read->needs[0].key, effects.needs[0].key);
  EXPECT_EQ(read->needs[0].added.need, *third);
  EXPECT_EQ(read->serials, effects.serials);
  EXPECT_EQ(read->ended, effects.ended);
  // No shorter or longer bytes mean anything.
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeEffects(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(DecodeEffects(bytes + '\0').ok());
}

TEST(RecentEffectsTest, RowsAreFoundUntilTheyAreDropped) {
  RecentEffects recent;
  for (Position i = 100; i < 200; ++i) recent.Add(i, std::to_string(i));
  recent.TruncateFrom(150);
  EXPECT_EQ(recent.end(), 150);
  recent.Add(150, "new");
  recent.DropBelow(149);
  EXPECT_EQ(recent.Find(149), "149");
  EXPECT_EQ(recent.Find(150), "new");
  recent.DropBelow(500);
  recent.Add(500, "");
  EXPECT_EQ(recent.Find(500), "");
}

}  // namespace
}  // namespace tally
