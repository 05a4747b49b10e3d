// The derived tables in memory and those in RocksDB answer alike.

#include "engine/ledger/tables.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/index/index.h"
#include "engine/ledger/index_tables.h"
#include "engine/ledger/memory_tables.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

constexpr uint32_t kSeed = 20250110;
constexpr int kAccounts = 5;
constexpr Position kEnd = 600;

class TablesTest : public testing::Test {
 protected:
  TablesTest() {
    auto index = Index::Open(directory_ / "index", {});
    EXPECT_TRUE(index.ok()) << index.status();
    on_disk_ = std::make_unique<IndexTables>(*std::move(index));
    RecordProperty("seed", static_cast<int>(kSeed));
  }

  // The rows of random events, a few of which leave the latest date.
  void FillBoth() {
    std::mt19937 random(kSeed);
    const auto below = [&random](int bound) {
      return static_cast<int32_t>(random() % static_cast<uint32_t>(bound));
    };
    IndexBatch batch;
    for (Position position = 0; position < kEnd; ++position) {
      if (position % 37 == 0) Apply(&batch, position);
      batch.event_ids.push_back({.id = IdOf(position),
                                 .position = position,
                                 .fingerprint = random()});
      for (int32_t ordinal = 0; ordinal < 3; ++ordinal) {
        batch.entries.push_back({.account = AccountIndex(below(kAccounts)),
                                 .date = Date(20'000 + below(40)),
                                 .position = position,
                                 .ordinal = ordinal,
                                 .product = ProductIndex(0),
                                 .delta = Quantity(below(200) - 100)});
      }
      batch.end = position + 1;
    }
    Apply(&batch, kEnd);
  }

  static Uuid IdOf(Position position) {
    return UuidOfName("event" + std::to_string(position));
  }

  void Apply(IndexBatch* batch, Position next) {
    for (Tables* tables : Both()) {
      const absl::Status applied = tables->Apply(*batch);
      ASSERT_TRUE(applied.ok()) << applied;
      ASSERT_EQ(tables->end(), next);
    }
    batch->Clear(next);
  }

  std::vector<Tables*> Both() { return {on_disk_.get(), &in_memory_}; }

  std::vector<std::string> Statement(const Tables& tables,
                                     StatementQuery query) {
    std::vector<std::string> lines;
    do {
      auto page = tables.ReadStatement(query);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return lines;
      // A page that turns out to be empty may come last.
      if (!page->entries.empty()) {
        lines.push_back("opening " + std::to_string(page->opening.units()));
      }
      for (const EntryRow& row : page->entries) {
        lines.push_back(row.date.ToString() + " " +
                        std::to_string(row.position) + " " +
                        std::to_string(row.ordinal) + " " +
                        std::to_string(row.delta.units()));
      }
      query.page_token = page->next_page_token;
    } while (!query.page_token.empty());
    return lines;
  }

  static std::vector<RefusalRow> Refusals(const Tables& tables,
                                          const std::string& party) {
    std::vector<RefusalRow> rows;
    RefusalQuery query{.party = party, .page_size = 2};
    do {
      auto page = tables.ListRefusals(query);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return rows;
      rows.insert(rows.end(), page->refusals.begin(), page->refusals.end());
      query.before = page->next_before;
    } while (query.before >= 0);
    return rows;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<IndexTables> on_disk_;
  MemoryTables in_memory_;
};

TEST_F(TablesTest, EventsAreFoundAlike) {
  FillBoth();
  std::vector<Uuid> ids;
  for (const Position position : {Position{0}, kEnd / 2, kEnd - 1, kEnd}) {
    ids.push_back(IdOf(position));
  }
  const auto on_disk = on_disk_->FindEvents(ids);
  const auto in_memory = in_memory_.FindEvents(ids);
  ASSERT_TRUE(on_disk.ok()) << on_disk.status();
  ASSERT_TRUE(in_memory.ok()) << in_memory.status();
  EXPECT_EQ(*on_disk, *in_memory);
  EXPECT_TRUE(on_disk->front().has_value());
  EXPECT_FALSE(on_disk->back().has_value());
}

TEST_F(TablesTest, BalancesAreTheSameOnEveryDateAndAtEveryPosition) {
  FillBoth();
  for (int32_t account = 0; account <= kAccounts; ++account) {
    for (const Position known :
         {Position{0}, Position{17}, Position{300}, kEnd}) {
      for (int32_t day = 19'999; day < 20'041; day += 7) {
        const auto on_disk =
            on_disk_->BalanceAt(AccountIndex(account), Date(day), known);
        const auto in_memory =
            in_memory_.BalanceAt(AccountIndex(account), Date(day), known);
        ASSERT_TRUE(on_disk.ok()) << on_disk.status();
        ASSERT_TRUE(in_memory.ok()) << in_memory.status();
        EXPECT_EQ(on_disk->units(), in_memory->units())
            << account << " " << day << " " << known;
      }
    }
  }
}

TEST_F(TablesTest, StatementsAreTheSamePageByPage) {
  FillBoth();
  for (const int32_t size : {1, 7, 1000}) {
    const StatementQuery query{
        .account = AccountIndex(2),
        .dates = {.first = Date(20'010), .last = Date(20'030)},
        .known_end = 400,
        .page_size = size};
    EXPECT_EQ(Statement(*on_disk_, query), Statement(in_memory_, query));
  }
}

TEST_F(TablesTest, RefusalsAreListedAlike) {
  for (Tables* tables : Both()) {
    std::vector<RefusalRow> rows;
    for (int i = 0; i < 10; ++i) {
      rows.push_back({.event = IdOf(i),
                      .code = Code::kInsufficient,
                      .party = i % 3 == 0 ? "a" : "b"});
    }
    ASSERT_TRUE(tables->AddRefusals(rows).ok());
  }
  for (const std::string party : {"", "a", "b", "c"}) {
    EXPECT_EQ(Refusals(*on_disk_, party), Refusals(in_memory_, party));
  }
  EXPECT_EQ(Refusals(in_memory_, "a").size(), 4U);
}

TEST_F(TablesTest, ClearedTablesStartAgain) {
  FillBoth();
  for (Tables* tables : Both()) {
    ASSERT_TRUE(tables->Clear().ok());
    EXPECT_EQ(tables->end(), 0);
    const Uuid ids[] = {IdOf(0)};
    const auto found = tables->FindEvents(ids);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_FALSE(found->front().has_value());
  }
}

}  // namespace
}  // namespace tally
