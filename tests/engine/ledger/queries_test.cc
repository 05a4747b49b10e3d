// Questions that a ledger answers, on one small story.

#include <gmock/gmock.h>

#include "engine/ledger/balance_queries.h"
#include "engine/ledger/event_queries.h"
#include "engine/ledger/refusal_queries.h"
#include "engine/ledger/registry_queries.h"
#include "engine/ledger/shipment_queries.h"
#include "engine/ledger/statement_queries.h"
#include "tests/engine/ledger/ledger_fixture.h"

namespace tally {
namespace {

using testing::ElementsAre;

constexpr BalanceQuestion kOilAtMill{.site = "mill",
                                     .product = "oil",
                                     .scheme = kOilClaim.scheme,
                                     .model = kOilClaim.model};

// 100 in on 10 January, 30 out on 20 January, and then it turns out that 50
// more had come in on 5 January.
class QueriesTest : public LedgerFixture {
 protected:
  QueriesTest() {
    Open();
    AddWorld({"mill", "shop"});
    received_ = PostOne("r1", OilIn("mill", "100"), "2025-01-10").position;
    BatchOf batch;
    batch.Add("S1", OilOut(batch.batch(), "S1", "mill", "30"), "2025-01-20");
    shipped_ = OnlyOutcome(Post(batch)).position;
    late_ = PostOne("r2", OilIn("mill", "50"), "2025-01-05").position;
  }

  std::string Ask(const BalanceQuestion& question) {
    const auto answer = GetBalance(*ledger_, question);
    return answer.ok() ? answer->balance.amount.ToString()
                       : answer.status().ToString();
  }

  Position received_ = 0;
  Position shipped_ = 0;
  Position late_ = 0;
};

TEST_F(QueriesTest, BalancesAsAtABusinessDate) {
  BalanceQuestion question = kOilAtMill;
  EXPECT_EQ(Ask(question), "120");
  question.as_at = Day("2025-01-04");
  EXPECT_EQ(Ask(question), "0");
  question.as_at = Day("2025-01-09");
  EXPECT_EQ(Ask(question), "50");
  question.as_at = Day("2025-01-19");
  EXPECT_EQ(Ask(question), "150");
}

TEST_F(QueriesTest, BalancesAsKnownAtAPosition) {
  BalanceQuestion question = kOilAtMill;
  question.as_known_at = received_;
  EXPECT_EQ(Ask(question), "100");
  question.as_known_at = shipped_;
  EXPECT_EQ(Ask(question), "70");
  question.as_at = Day("2025-01-09");
  EXPECT_EQ(Ask(question), "0");
  question.as_known_at = late_;
  EXPECT_EQ(Ask(question), "50");
  question.as_known_at = 1'000'000;
  EXPECT_EQ(Ask(question), "50");
}

TEST_F(QueriesTest, UnknownNamesAreNotFoundAndUntouchedAccountsShowZero) {
  EXPECT_EQ(Ask({.site = "shop", .product = "oil"}), "0");
  for (const BalanceQuestion& question :
       {BalanceQuestion{.site = "nowhere", .product = "oil"},
        BalanceQuestion{.site = "mill", .product = "gold"},
        BalanceQuestion{.site = "mill", .product = "oil", .lot = "L"},
        BalanceQuestion{.site = "mill",
        .product = "oil",
        .scheme = "s",
        .model = Model::kIdentityPreserved}}) {
    EXPECT_TRUE(absl::IsNotFound(GetBalance(*ledger_, question).status()));
  }
}

TEST_F(QueriesTest, BalancesAreListedPageByPage) {
  PostOne("r3", OilIn("shop", "7"));
  PostOne("r4", Receive{.site = "shop",
                        .product = "oil",
                        .quantity = Dec("9"),
                        .supplier = "anyone"});
  std::vector<std::string> seen;
  std::string next;
  do {
    const auto page = ListBalances(
        *ledger_, {.party = "miller", .page = {.size = 1, .after = next}});
    ASSERT_TRUE(page.ok()) << page.status();
    for (const Balance& balance : page->items) {
      seen.push_back(balance.account.site + " " + balance.amount.ToString());
    }
    next = page->next;
  } while (!next.empty());
  EXPECT_THAT(seen, ElementsAre("mill 120", "shop 9", "shop 7"));

  const auto claimed =
      ListBalances(*ledger_, {.scheme = "s", .as_known_at = received_});
  ASSERT_TRUE(claimed.ok()) << claimed.status();
  ASSERT_EQ(claimed->items.size(), 1U);
  EXPECT_EQ(claimed->items[0].amount.ToString(), "100");
}

TEST_F(QueriesTest, AStatementRunsByBusinessDate) {
  const auto answer = GetStatement(*ledger_, {.account = kOilAtMill});
  ASSERT_TRUE(answer.ok()) << answer.status();
  std::vector<std::string> lines;
  for (const StatementEntry& entry : answer->page.items) {
    lines.push_back(entry.date.ToString() + " " +
                    std::string(KindName(entry.kind)) + " " +
                    entry.delta.ToString() + " " + entry.balance.ToString() +
                    entry.shipment);
  }
  EXPECT_THAT(lines, ElementsAre("2025-01-05 receive 50 50",
                                 "2025-01-10 receive 100 150",
                                 "2025-01-20 ship -30 120S1"));
  EXPECT_EQ(answer->opening.amount.ToString(), "0");
  EXPECT_EQ(answer->closing.amount.ToString(), "120");
}

TEST_F(QueriesTest, AStatementIsReadInPages) {
  std::vector<std::string> balances;
  std::string next;
  do {
    const auto answer =
        GetStatement(*ledger_, {.account = kOilAtMill,
                                .from = Day("2025-01-10"),
                                .page = {.size = 1, .after = next}});
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->opening.amount.ToString(), "50");
    for (const StatementEntry& entry : answer->page.items) {
      balances.push_back(entry.balance.ToString());
    }
    // What is posted between two pages is on none of them.
    PostOne("between" + std::to_string(balances.size()), OilIn("mill", "1000"),
            "2025-01-15");
    next = answer->page.next;
  } while (!next.empty());
  EXPECT_THAT(balances, ElementsAre("150", "120"));
}

// Near each other in the log, far apart, and in another order than there.
TEST_F(QueriesTest, EveryEntryOfAStatementIsItsOwnEvents) {
  struct Own {
    int others_before;
    std::string_view date;
  };
  const std::map<std::string, Own> owns = {
      {"own 1", {0, "2025-03-02"}},   {"own 2", {1, "2025-03-03"}},
      {"own 3", {254, "2025-03-04"}}, {"own 4", {255, "2025-03-05"}},
      {"own 5", {256, "2025-03-06"}}, {"own 6", {600, "2025-03-07"}},
      {"own 7", {0, "2025-03-01"}}};
  int others = 0;
  for (const auto& [name, own] : owns) {
    for (int i = 0; i < own.others_before; ++i) {
      PostOne("other" + std::to_string(others++), OilIn("shop", "1"));
    }
    PostOne(name, OilIn("mill", "1"), own.date);
  }
  const auto answer = GetStatement(
      *ledger_, {.account = kOilAtMill, .from = Day("2025-03-01")});
  ASSERT_TRUE(answer.ok()) << answer.status();
  std::vector<Uuid> found;
  for (const StatementEntry& entry : answer->page.items) {
    found.push_back(entry.event);
  }
  EXPECT_THAT(found, ElementsAre(UuidOfName("own 7"), UuidOfName("own 1"),
                                 UuidOfName("own 2"), UuidOfName("own 3"),
                                 UuidOfName("own 4"), UuidOfName("own 5"),
                                 UuidOfName("own 6")));
}

TEST_F(QueriesTest, EventsByIdByPositionAndInOrder) {
  const auto by_id = GetEvent(*ledger_, UuidOfName("r1"));
  ASSERT_TRUE(by_id.ok()) << by_id.status();
  EXPECT_EQ(by_id->event.position, received_);
  const auto by_position = GetEventAt(*ledger_, received_);
  ASSERT_TRUE(by_position.ok()) << by_position.status();
  EXPECT_EQ(by_position->event.event.id, UuidOfName("r1"));
  EXPECT_TRUE(
      absl::IsNotFound(GetEvent(*ledger_, UuidOfName("none")).status()));
  EXPECT_TRUE(absl::IsNotFound(GetEventAt(*ledger_, late_ + 1).status()));

  const auto list = ListEvents(
      *ledger_,
      {.party = "miller", .site = "mill", .occurred_from = Day("2025-01-01")});
  ASSERT_TRUE(list.ok()) << list.status();
  std::vector<Position> positions;
  for (const RecordedEvent& event : list->events) {
    positions.push_back(event.position);
  }
  EXPECT_THAT(positions, ElementsAre(received_, shipped_, late_));
  EXPECT_TRUE(list->at_end);
  EXPECT_EQ(list->next, late_ + 1);

  const auto first = ListEvents(*ledger_, {.from = received_, .size = 1});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->events.size(), 1U);
  EXPECT_FALSE(first->at_end);
  EXPECT_EQ(first->next, received_ + 1);
}

TEST_F(QueriesTest, ShipmentsFromASiteAndItsParty) {
  BatchOf batch;
  const std::span<ShipLine> lines = batch.batch()->arena.NewArray<ShipLine>(1);
  lines.front() = {.product = "oil", .quantity = Dec("10"), .claim = kOilClaim};
  batch.Add("s2",
            Ship{.shipment = "S2",
                 .from_site = "mill",
                 .to_site = "shop",
                 .lines = lines},
            "2025-01-21");
  Post(batch);
  const auto names = [this](const ShipmentListQuestion& question) {
    std::vector<std::string> found;
    const auto page = ListShipments(*ledger_, question);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) return found;
    for (const ShipmentView& shipment : page->items) {
      found.push_back(shipment.shipment);
    }
    return found;
  };

  EXPECT_THAT(names({.party = "miller"}), ElementsAre("S1", "S2"));
  EXPECT_THAT(names({.site = "shop"}), ElementsAre("S2"));
  EXPECT_THAT(names({.site = "shop", .side = ShipmentSide::kSent}),
              ElementsAre());
  EXPECT_THAT(names({.site = "mill", .state = ShipmentState::kInTransit}),
              ElementsAre("S2"));
  EXPECT_THAT(names({.site = "mill", .shipped_to = Day("2025-01-20")}),
              ElementsAre("S1"));
  const auto page =
      ListShipments(*ledger_, {.site = "mill", .page = {.size = 1}});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(names({.site = "mill", .page = {.after = page->next}}),
              ElementsAre("S2"));

  const auto shipment = GetShipment(*ledger_, "S2");
  ASSERT_TRUE(shipment.ok()) << shipment.status();
  EXPECT_EQ(shipment->shipment.to_site, "shop");
  EXPECT_EQ(shipment->shipment.to_party, "miller");
  EXPECT_EQ(shipment->shipment.confirm_by, Day("2025-02-20"));
  ASSERT_EQ(shipment->shipment.lines.size(), 1U);
  EXPECT_EQ(shipment->shipment.lines[0].quantity.ToString(), "10");
  EXPECT_THAT(shipment->shipment.lines[0].claims,
              ElementsAre(NamedClaim{"s", Model::kMassBalance}));
}

TEST_F(QueriesTest, TheRegistryIsListedById) {
  for (const std::string_view site : {"z", "a", "m"}) {
    PostOne(site, RegisterSite{.site = site, .party = "miller"});
  }
  std::vector<std::string> seen;
  std::string next;
  do {
    const auto page = ListSites(
        *ledger_, {.party = "miller", .page = {.size = 2, .after = next}});
    ASSERT_TRUE(page.ok()) << page.status();
    for (const SiteView& site : page->items) seen.push_back(site.site);
    next = page->next;
  } while (!next.empty());
  EXPECT_THAT(seen, ElementsAre("a", "m", "mill", "shop", "z"));

  const auto product = GetProduct(*ledger_, "oil");
  ASSERT_TRUE(product.ok()) << product.status();
  EXPECT_EQ(product->thing.unit, "KGM");
  const auto scheme = GetScheme(*ledger_, "s");
  ASSERT_TRUE(scheme.ok()) << scheme.status();
  EXPECT_EQ(scheme->thing.versions.size(), 1U);
  EXPECT_TRUE(absl::IsNotFound(GetParty(*ledger_, "nobody").status()));
}

TEST_F(QueriesTest, RefusedAttemptsAreKeptNewestFirst) {
  ShipOil("S7", "mill", "1000");
  PostOne("x", OilIn("nowhere", "1"));
  BatchOf judged;
  judged.ValidateOnly();
  judged.Add("y", OilIn("nowhere", "1"));
  Post(judged);
  BatchOf together;
  together.AllOrNone();
  together.Add("r8", OilIn("mill", "1"));
  together.Add("S8", OilOut(together.batch(), "S8", "mill", "1000"));
  Post(together);

  const auto first = ListRefusedAttempts(*ledger_, "miller", {.size = 1});
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->items.size(), 1U);
  EXPECT_EQ(first->items[0].event, UuidOfName("S8"));
  EXPECT_EQ(first->items[0].code, Code::kInsufficient);
  const auto rest =
      ListRefusedAttempts(*ledger_, "miller", {.after = first->next});
  ASSERT_TRUE(rest.ok()) << rest.status();
  ASSERT_EQ(rest->items.size(), 1U);
  EXPECT_EQ(rest->items[0].event, UuidOfName("S7"));
  EXPECT_TRUE(rest->next.empty());
  // Of all: the one of no known party, too, but not the one only judged.
  const auto all = ListRefusedAttempts(*ledger_, "", {});
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(all->items.size(), 3U);
}

TEST_F(QueriesTest, PageSizesAndTokensAreChecked) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      ListSites(*ledger_, {.page = {.size = -1}}).status()));
  for (const std::string_view token : {"x", "1.x", "-1", "1 2 3"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        ListShipments(*ledger_, {.site = "mill", .page = {.after = token}})
            .status()));
    EXPECT_TRUE(absl::IsInvalidArgument(
        ListBalances(*ledger_, {.page = {.after = token}}).status()));
    EXPECT_TRUE(absl::IsInvalidArgument(
        GetStatement(*ledger_,
                     {.account = kOilAtMill, .page = {.after = token}})
            .status()));
  }
}

}  // namespace
}  // namespace tally
