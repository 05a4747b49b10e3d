#include "engine/index/entries.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/index/index.h"
#include "gtest/gtest.h"
#include "tests/engine/storage/faulty_file_system.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

// Entries as a list, and the answers by going through all of it.
class PlainEntries {
 public:
  void Add(const EntryRow& row) { rows_.push_back(row); }
  void TruncateFrom(Position position) {
    std::erase_if(rows_, [position](const EntryRow& row) {
      return row.position >= position;
    });
  }

  Quantity BalanceAt(AccountIndex account, Date date,
                     Position known_end) const {
    Quantity sum;
    for (const EntryRow& row : rows_) {
      if (row.account == account && row.date <= date &&
          row.position < known_end) {
        EXPECT_TRUE(sum.Add(row.delta));
      }
    }
    return sum;
  }

  std::vector<EntryRow> Statement(AccountIndex account, DateRange dates,
                                  Position known_end) const {
    std::vector<EntryRow> found;
    for (const EntryRow& row : rows_) {
      if (row.account == account && dates.Contains(row.date) &&
          row.position < known_end) {
        found.push_back(row);
      }
    }
    std::stable_sort(
        found.begin(), found.end(),
        [](const EntryRow& a, const EntryRow& b) { return a.date < b.date; });
    return found;
  }

 private:
  std::vector<EntryRow> rows_;
};

constexpr int kAccounts = 4;
const Date kFirstDay = Date::FromCivil(2025, 1, 1);

class EntriesTest : public ::testing::Test {
 protected:
  EntriesTest() : seed_(std::random_device()()), random_(seed_) {
    RecordProperty("seed", std::to_string(seed_));
    Open();
  }

  void Open() {
    index_.reset();
    auto opened =
        Index::Open(directory_ / "index", {.ledger = UuidOfName("test"),
                                           .cache_bytes = 1 << 20,
                                           .run_rows = 1 + Below(3'000)});
    ASSERT_TRUE(opened.ok()) << opened.status().ToString();
    index_ = *std::move(opened);
  }

  int64_t Below(int64_t bound) {
    return static_cast<int64_t>(random_() % static_cast<uint64_t>(bound));
  }

  // Mostly the latest day, now and then far back. The first account gets
  // most of the entries, the last one few.
  EntryRow MakeEntry() {
    const int64_t back = Below(5) == 0 ? Below(400) : 0;
    const int64_t account =
        std::min(Below(kAccounts + 4) * Below(3) / 2, int64_t{kAccounts - 1});
    return {.account = AccountIndex(static_cast<int32_t>(account)),
            .date = kFirstDay.AddDays(static_cast<int32_t>(next_ / 20 - back)),
            .position = next_,
            .ordinal = static_cast<int32_t>(Below(3)),
            .product = ProductIndex(static_cast<int32_t>(Below(5)) - 1),
            .delta = Quantity(Below(2'000'000) - 1'000'000)};
  }

  // Applies positions up to `end`, in batches of all sizes.
  void ApplyUntil(Position end) {
    while (next_ < end) {
      IndexBatch batch;
      batch.Clear(next_);
      const int64_t count = std::min(end - next_, 1 + Below(700));
      for (int64_t i = 0; i < count; ++i, ++next_) {
        for (int64_t entries = Below(4); entries > 0; --entries) {
          batch.entries.push_back(MakeEntry());
          plain_.Add(batch.entries.back());
        }
      }
      batch.end = next_;
      const absl::Status applied = index_->Apply(batch);
      ASSERT_TRUE(applied.ok()) << applied.ToString();
    }
  }

  Date SomeDate() {
    return kFirstDay.AddDays(static_cast<int32_t>(Below(next_ / 20 + 500)) -
                             450);
  }
  AccountIndex SomeAccount() {
    return AccountIndex(static_cast<int32_t>(Below(kAccounts)));
  }

  void CheckBalances(int rounds) {
    for (int i = 0; i < rounds; ++i) {
      const AccountIndex account = SomeAccount();
      const Date date = SomeDate();
      const Position known_end = Below(3) == 0 ? next_ : Below(next_ + 2);
      const auto balance =
          index_->entries().BalanceAt(account, date, known_end);
      ASSERT_TRUE(balance.ok()) << balance.status().ToString();
      ASSERT_EQ(*balance, plain_.BalanceAt(account, date, known_end))
          << "seed " << seed_ << ", account " << account.value() << ", "
          << date.ToString() << ", known before " << known_end;
    }
  }

  void CheckStatement(AccountIndex account, DateRange dates,
                      Position known_end) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed_);
    const auto expected = plain_.Statement(account, dates, known_end);
    StatementQuery query{.account = account,
                         .dates = dates,
                         .known_end = known_end,
                         .page_size = static_cast<int32_t>(1 + Below(300))};
    Quantity balance =
        plain_.BalanceAt(account, dates.first.AddDays(-1), known_end);
    std::vector<EntryRow> read;
    do {
      const auto page = index_->entries().ReadStatement(query);
      ASSERT_TRUE(page.ok()) << page.status().ToString();
      ASSERT_LE(std::ssize(page->entries), query.page_size);
      ASSERT_EQ(page->opening, balance);
      for (const EntryRow& row : page->entries) {
        ASSERT_TRUE(balance.Add(row.delta));
        read.push_back(row);
      }
      query.page_token = page->next_page_token;
    } while (!query.page_token.empty());
    EXPECT_EQ(read, expected);
  }

  const uint64_t seed_;
  std::mt19937_64 random_;
  TemporaryDirectory directory_;
  std::unique_ptr<Index> index_;
  PlainEntries plain_;
  Position next_ = 0;
};

TEST_F(EntriesTest, BalancesAreThoseOfThePlainList) {
  ApplyUntil(600);
  CheckBalances(200);
  // Enough for blocks of the second level.
  ApplyUntil(8'000);
  CheckBalances(400);
}

TEST_F(EntriesTest, StatementsAreThoseOfThePlainList) {
  ApplyUntil(3'000);
  CheckStatement(AccountIndex(0), {Date::Min(), Date::Max()}, next_);
  for (int i = 0; i < 40; ++i) {
    const Date first = SomeDate();
    CheckStatement(SomeAccount(),
                   {first, first.AddDays(static_cast<int32_t>(Below(200)))},
                   Below(next_ + 2));
  }
}

TEST_F(EntriesTest, AnAccountThatIsNotThereIsEmpty) {
  ApplyUntil(10);
  const AccountIndex nobody(1'000'000);
  EXPECT_EQ(*index_->entries().BalanceAt(nobody, Date::Max(), next_),
            Quantity());
  CheckStatement(nobody, {Date::Min(), Date::Max()}, next_);
}

TEST_F(EntriesTest, APageOfLaterKnowledgeDoesNotChangeTheStatement) {
  ApplyUntil(400);
  StatementQuery query{
      .account = AccountIndex(0), .known_end = next_, .page_size = 3};
  const auto expected = plain_.Statement(query.account, query.dates, next_);
  const auto first = index_->entries().ReadStatement(query);
  ASSERT_TRUE(first.ok());
  ApplyUntil(800);

  query.known_end = next_;
  query.page_token = first->next_page_token;
  query.page_size = 10'000;
  const auto rest = index_->entries().ReadStatement(query);

  ASSERT_TRUE(rest.ok());
  EXPECT_EQ(first->entries.size() + rest->entries.size(), expected.size());
}

TEST_F(EntriesTest, GoesOnAfterItWasClosed) {
  ApplyUntil(1'000);
  Open();
  EXPECT_EQ(index_->end(), 1'000);
  ApplyUntil(2'500);
  CheckBalances(100);
  CheckStatement(AccountIndex(0), {Date::Min(), Date::Max()}, next_);
}

// Small buffers, so that tables are flushed and merged on the way; and what
// was not synced when the power went is gone.
TEST_F(EntriesTest, AfterAPowerFailureTheTablesAgree) {
  for (int round = 0; round < 4; ++round) {
    const auto files = std::make_shared<FaultyFileSystem>();
    const auto env = rocksdb::NewCompositeEnv(files);
    index_.reset();
    auto opened =
        Index::Open(directory_ / "index", {.ledger = UuidOfName("test"),
                                           .env = env.get(),
                                           .cache_bytes = 1 << 20,
                                           .run_rows = 500});
    ASSERT_TRUE(opened.ok()) << opened.status().ToString();
    index_ = *std::move(opened);
    const Position end = index_->end();
    next_ = end;
    plain_.TruncateFrom(end);
    CheckBalances(30);

    ApplyUntil(end + 1'000 + Below(3'000));
    CheckBalances(30);
    files->CutPower();
    index_.reset();
    files->DropUnsynced();

    Open();
    EXPECT_GE(index_->end(), end);
    EXPECT_LE(index_->end(), next_);
    next_ = index_->end();
    plain_.TruncateFrom(next_);
    CheckBalances(100);
    CheckStatement(AccountIndex(0), {Date::Min(), Date::Max()}, next_);
  }
  EXPECT_GT(index_->end(), 0);
}

TEST_F(EntriesTest, SumsThatPassAQuantityComeOutExactly) {
  // Halves of 2^63 that cancel each other out within and across blocks.
  IndexBatch batch;
  batch.Clear(0);
  for (int i = 0; i < 1'024; ++i) {
    batch.entries.push_back(
        {.account = AccountIndex(0),
         .date = kFirstDay,
         .position = i,
         .delta = Quantity(i < 512 ? INT64_MAX / 2 : -(INT64_MAX / 2))});
  }
  batch.end = 1'024;
  ASSERT_TRUE(index_->Apply(batch).ok());
  EXPECT_EQ(*index_->entries().BalanceAt(AccountIndex(0), kFirstDay, 1'024),
            Quantity());
  EXPECT_EQ(*index_->entries().BalanceAt(AccountIndex(0), kFirstDay, 1'023),
            Quantity(INT64_MAX / 2));
}

TEST_F(EntriesTest, APageTokenIsOfItsOwnStatementOnly) {
  ApplyUntil(400);
  StatementQuery query{
      .account = AccountIndex(0), .known_end = next_, .page_size = 3};
  const std::string token =
      index_->entries().ReadStatement(query)->next_page_token;
  ASSERT_FALSE(token.empty());
  query.page_token = token;
  ASSERT_TRUE(index_->entries().ReadStatement(query).ok());

  StatementQuery other = query;
  other.account = AccountIndex(1);
  EXPECT_EQ(index_->entries().ReadStatement(other).status().code(),
            absl::StatusCode::kInvalidArgument);
  other = query;
  other.dates.last = kFirstDay;
  EXPECT_EQ(index_->entries().ReadStatement(other).status().code(),
            absl::StatusCode::kInvalidArgument);
  for (size_t i = 0; i < token.size(); ++i) {
    for (const int change : {1, 0x80, 0xFF}) {
      query.page_token = token;
      query.page_token[i] = static_cast<char>(token[i] ^ change);
      EXPECT_EQ(index_->entries().ReadStatement(query).status().code(),
                absl::StatusCode::kInvalidArgument);
    }
    query.page_token = token.substr(0, i);
    if (i > 0) {
      EXPECT_EQ(index_->entries().ReadStatement(query).status().code(),
                absl::StatusCode::kInvalidArgument);
    }
  }
}

}  // namespace
}  // namespace tally
