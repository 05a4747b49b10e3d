#include "engine/index/refusals.h"

#include <memory>
#include <string>
#include <vector>

#include "engine/index/index.h"
#include "engine/model/limits.h"
#include "fmt/format.h"
#include "gtest/gtest.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

RefusalRow RowOf(int64_t sequence) {
  return {.sequence = sequence,
          .recorded_at = Instant(1'000'000 + sequence),
          .event = UuidOfName(fmt::format("attempt {}", sequence)),
          .kind = 3,
          .code = Code::kInsufficient,
          .party = sequence % 3 == 0 ? "mill" : "trader",
          .detail = fmt::format("asked {}", sequence)};
}

class RefusalsTest : public ::testing::Test {
 protected:
  void Open(int64_t refusals_max) {
    index_.reset();
    auto index = Index::Open(
        directory_ / "index",
        {.ledger = UuidOfName("test"), .refusals_max = refusals_max});
    ASSERT_TRUE(index.ok()) << index.status().ToString();
    index_ = *std::move(index);
  }

  void Add(int64_t count) {
    std::vector<RefusalRow> rows;
    const int64_t next = index_->refusals()->count();
    for (int64_t i = 0; i < count; ++i) {
      rows.push_back(RowOf(next + i));
      // It is not the caller's to give.
      rows.back().sequence = 77;
    }
    ASSERT_TRUE(index_->refusals()->Add(rows).ok());
  }

  // All pages, newest first.
  std::vector<RefusalRow> ListAll(const std::string& party, int32_t page_size) {
    std::vector<RefusalRow> rows;
    RefusalQuery query{.party = party, .page_size = page_size};
    do {
      const auto page = index_->refusals()->List(query);
      EXPECT_TRUE(page.ok()) << page.status().ToString();
      if (!page.ok()) return rows;
      EXPECT_LE(std::ssize(page->refusals), page_size);
      rows.insert(rows.end(), page->refusals.begin(), page->refusals.end());
      query.before = page->next_before;
    } while (query.before >= 0);
    return rows;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Index> index_;
};

TEST_F(RefusalsTest, NewestFirstInPages) {
  Open(100);
  Add(4);
  Add(7);
  for (const int32_t page_size : {1, 2, 11, 50}) {
    const auto rows = ListAll("", page_size);
    ASSERT_EQ(rows.size(), 11u);
    for (int64_t i = 0; i < 11; ++i) EXPECT_EQ(rows[i], RowOf(10 - i));
  }
  EXPECT_EQ(index_->refusals()->count(), 11);
}

TEST_F(RefusalsTest, OfOneParty) {
  Open(100);
  Add(10);
  const auto rows = ListAll("mill", 2);
  ASSERT_EQ(rows.size(), 4u);
  for (int64_t i = 0; i < 4; ++i) EXPECT_EQ(rows[i], RowOf(9 - 3 * i));
  EXPECT_TRUE(ListAll("nobody", 2).empty());
}

TEST_F(RefusalsTest, TheOldestAreForgotten) {
  Open(50);
  for (int i = 0; i < 30; ++i) Add(100);
  const auto rows = ListAll("", 20);
  ASSERT_EQ(rows.size(), 50u);
  EXPECT_EQ(rows.front(), RowOf(2'999));
  EXPECT_EQ(rows.back(), RowOf(2'950));
  EXPECT_EQ(index_->refusals()->count(), 3'000);
}

TEST_F(RefusalsTest, AreThereAfterTheProcessDies) {
  Open(50);
  Add(60);
  CopyAsIfKilled(directory_ / "index", directory_ / "after");
  auto after = Index::Open(directory_ / "after",
                           {.ledger = UuidOfName("test"), .refusals_max = 50});
  ASSERT_TRUE(after.ok()) << after.status().ToString();
  index_ = *std::move(after);
  const auto rows = ListAll("", 20);
  ASSERT_EQ(rows.size(), 50u);
  EXPECT_EQ(rows.front(), RowOf(59));
  Add(1);
  EXPECT_EQ(ListAll("", 20).front(), RowOf(60));
}

TEST_F(RefusalsTest, LongTextsAreCutBetweenCharacters) {
  Open(50);
  RefusalRow row = RowOf(0);
  row.party = std::string(kIdBytesMax + 9, 'p');
  row.detail.clear();
  while (row.detail.size() <= kTextBytesMax) row.detail += "\u20AC";
  ASSERT_TRUE(index_->refusals()->Add({&row, 1}).ok());
  const auto rows = ListAll("", 1);
  EXPECT_EQ(rows[0].party.size(), size_t{kIdBytesMax});
  EXPECT_EQ(rows[0].detail.size(), 999u);
  EXPECT_EQ(rows[0].detail, row.detail.substr(0, 999));
}

}  // namespace
}  // namespace tally
