#include "engine/index/index.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/strings.h"
#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

using ::testing::HasSubstr;

const Uuid kLedger = UuidOfName("ledger of the test");

Uuid IdOf(Position position) {
  return UuidOfName(fmt::format("event {}", position));
}

uint64_t FingerprintOf(Position position) {
  return static_cast<uint64_t>(position) + 1'000;
}

std::string EffectOf(Position position) {
  return std::string(static_cast<size_t>(position % 5), 'e') +
         std::to_string(position);
}

// An event and an entry for each position; every seventh has no event id.
IndexBatch BatchOf(Position first, Position end) {
  IndexBatch batch;
  batch.Clear(first);
  for (Position position = first; position < end; ++position) {
    if (position % 7 != 0) {
      batch.event_ids.push_back({.id = IdOf(position),
                                 .position = position,
                                 .fingerprint = FingerprintOf(position)});
    }
    batch.entries.push_back({.account = AccountIndex(0),
                             .date = Date(static_cast<int32_t>(position / 9)),
                             .position = position,
                             .delta = Quantity(position)});
    batch.effects.Add(position, EffectOf(position));
  }
  batch.end = end;
  return batch;
}

std::unique_ptr<Index> Open(const std::string& directory,
                            IndexOptions options = {}) {
  options.ledger = kLedger;
  auto index = Index::Open(directory, options);
  EXPECT_TRUE(index.ok()) << index.status().ToString();
  return index.ok() ? *std::move(index) : nullptr;
}

void ExpectCompleteTo(const Index& index, Position end) {
  EXPECT_EQ(index.end(), end);
  std::vector<Uuid> ids;
  for (Position position = 0; position < end + 3; ++position) {
    ids.push_back(IdOf(position));
  }
  const auto rows = index.event_ids().FindAll(ids);
  ASSERT_TRUE(rows.ok()) << rows.status().ToString();
  for (Position position = 0; position < end + 3; ++position) {
    const auto& row = (*rows)[static_cast<size_t>(position)];
    ASSERT_EQ(row.has_value(), position < end && position % 7 != 0);
    if (row.has_value()) {
      EXPECT_EQ(row->position, position);
      EXPECT_EQ(row->fingerprint, FingerprintOf(position));
    }
    EXPECT_EQ(*index.event_ids().Find(IdOf(position)), row);
    const auto effect = index.effects().Find(position);
    ASSERT_TRUE(effect.ok());
    // A crash may leave rows past the end; they say nothing else.
    if (position < end || effect->has_value()) {
      EXPECT_EQ(*effect, EffectOf(position));
    }
  }
  EXPECT_EQ(*index.entries().BalanceAt(AccountIndex(0), Date::Max(), end),
            Quantity(end * (end - 1) / 2));
}

TEST(IndexTest, HoldsWhatWasApplied) {
  TemporaryDirectory directory;
  const auto index = Open(directory / "index");
  ASSERT_TRUE(index->Apply(BatchOf(0, 10)).ok());
  ASSERT_TRUE(index->Apply(BatchOf(10, 500)).ok());
  ExpectCompleteTo(*index, 500);
}

TEST(IndexTest, WhatIsThereAlreadyIsLeftOut) {
  TemporaryDirectory directory;
  const auto index = Open(directory / "index");
  ASSERT_TRUE(index->Apply(BatchOf(0, 300)).ok());
  ASSERT_TRUE(index->Apply(BatchOf(0, 200)).ok());
  ASSERT_TRUE(index->Apply(BatchOf(100, 400)).ok());
  ExpectCompleteTo(*index, 400);
}

TEST(IndexTest, AGapIsRefused) {
  TemporaryDirectory directory;
  const auto index = Open(directory / "index");
  ASSERT_TRUE(index->Apply(BatchOf(0, 5)).ok());
  const absl::Status status = index->Apply(BatchOf(6, 7));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "the index ends at 5, the batch starts at 6");
  ExpectCompleteTo(*index, 5);
}

TEST(IndexTest, IsThereAfterItWasClosed) {
  TemporaryDirectory directory;
  ASSERT_TRUE(Open(directory / "index")->Apply(BatchOf(0, 300)).ok());
  const auto index = Open(directory / "index");
  ExpectCompleteTo(*index, 300);
}

TEST(IndexTest, AfterACrashItSaysHowFarItGoesAndIsMadeComplete) {
  TemporaryDirectory directory;
  const auto index = Open(directory / "index");
  ASSERT_TRUE(index->Apply(BatchOf(0, 1'000)).ok());
  ASSERT_TRUE(index->Flush().ok());
  ASSERT_TRUE(index->Apply(BatchOf(1'000, 1'500)).ok());
  CopyAsIfKilled(directory / "index", directory / "after");

  const auto after = Open(directory / "after");
  ExpectCompleteTo(*after, 1'000);
  ASSERT_TRUE(after->Apply(BatchOf(900, 1'500)).ok());
  ExpectCompleteTo(*after, 1'500);
}

TEST(IndexTest, RunsAndMemoryTogetherAreComplete) {
  TemporaryDirectory directory;
  const auto index = Open(directory / "index", {.run_rows = 64});
  for (Position end = 0; end < 2'000; end += 40) {
    ASSERT_TRUE(index->Apply(BatchOf(end, end + 40)).ok());
  }
  ExpectCompleteTo(*index, 2'000);
  ASSERT_TRUE(index->Flush().ok());
  ExpectCompleteTo(*index, 2'000);
}

TEST(IndexTest, ARunThatACrashLeftHalfMadeDoesNoHarm) {
  TemporaryDirectory directory;
  const std::string path = directory / "index";
  {
    const auto index = Open(path);
    ASSERT_TRUE(index->Apply(BatchOf(0, 300)).ok());
  }
  // Between the database's taking the file over and its old name's going.
  std::string table;
  for (const auto& file : std::filesystem::directory_iterator(path)) {
    if (file.path().extension() == ".sst") table = file.path();
  }
  ASSERT_FALSE(table.empty());
  std::filesystem::create_hard_link(table, path + "/next_run_of_ids.sst");
  {
    const auto index = Open(path);
    ASSERT_TRUE(index->Apply(BatchOf(300, 700)).ok());
  }
  ExpectCompleteTo(*Open(path), 700);
}

TEST(IndexTest, CanBeEmptiedAndMadeAgain) {
  TemporaryDirectory directory;
  const auto index = Open(directory / "index");
  ASSERT_TRUE(index->Apply(BatchOf(0, 1'000)).ok());
  ASSERT_TRUE(index->refusals()->Add(std::vector<RefusalRow>(3)).ok());

  ASSERT_TRUE(index->Clear().ok());

  ExpectCompleteTo(*index, 0);
  ASSERT_TRUE(index->Apply(BatchOf(0, 700)).ok());
  ExpectCompleteTo(*index, 700);
  // Nothing makes these again.
  EXPECT_EQ(index->refusals()->count(), 3);
}

TEST(IndexTest, ADamagedOneIsMovedAsideAndMadeAgain) {
  TemporaryDirectory directory;
  const std::string path = directory / "index";
  {
    const auto index = Open(path);
    ASSERT_TRUE(index->Apply(BatchOf(0, 300)).ok());
  }
  for (const auto& file : std::filesystem::directory_iterator(path)) {
    if (file.path().filename().string().starts_with("MANIFEST")) {
      std::filesystem::resize_file(file.path(), 10);
    }
  }
  ASSERT_TRUE(
      absl::IsDataLoss(Index::Open(path, {.ledger = kLedger}).status()));

  const auto index = Index::OpenOrRemake(path, {.ledger = kLedger});

  ASSERT_TRUE(index.ok()) << index.status().ToString();
  EXPECT_EQ((*index)->end(), 0);
  EXPECT_TRUE(std::filesystem::exists(path + ".damaged"));
}

TEST(IndexTest, AnotherLedgersIndexIsRefused) {
  TemporaryDirectory directory;
  Open(directory / "index").reset();
  const auto other = Index::Open(directory / "index",
                                 {.ledger = UuidOfName("another ledger")});
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(MessageOf(other.status())),
              HasSubstr("belongs to ledger " + kLedger.ToString()));
}

TEST(IndexTest, ANewerFormatIsRefused) {
  TemporaryDirectory directory;
  Open(directory / "index").reset();
  {
    auto database = Database::Open(directory / "index", {},
                                   {.rocks = DefaultRocksOptions()});
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(WriteStamp({.format = kIndexFormat + 1, .ledger = kLedger},
                           database->get())
                    .ok());
  }
  const auto index = Index::Open(directory / "index", {.ledger = kLedger});
  ASSERT_FALSE(index.ok());
  EXPECT_THAT(std::string(MessageOf(index.status())),
              HasSubstr("has format 3, newer than 2"));
}

TEST(IndexTest, AnOlderFormatIsMadeAgain) {
  TemporaryDirectory directory;
  ASSERT_TRUE(Open(directory / "index")->Apply(BatchOf(0, 10)).ok());
  {
    auto database = Database::Open(directory / "index", {},
                                   {.rocks = DefaultRocksOptions()});
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(
        WriteStamp({.format = 1, .ledger = kLedger}, database->get()).ok());
  }
  for (int i = 0; i < 2; ++i) {
    const auto index = Open(directory / "index");
    EXPECT_EQ(index->end(), i == 0 ? 0 : 10);
    ASSERT_TRUE(index->Apply(BatchOf(index->end(), 10)).ok());
    ExpectCompleteTo(*index, 10);
  }
}

TEST(IndexTest, NothingIsCreatedWhereItIsExpected) {
  TemporaryDirectory directory;
  const auto index = Index::Open(
      directory / "index", {.mode = OpenMode::kExisting, .ledger = kLedger});
  ASSERT_FALSE(index.ok());
  EXPECT_EQ(index.status().code(), absl::StatusCode::kNotFound);
}

TEST(IndexTest, ReadersSeeWhatEndSays) {
  TemporaryDirectory directory;
  // Rows go to disk all the time meanwhile.
  const auto index = Open(directory / "index", {.run_rows = 100});
  ASSERT_TRUE(index->Apply(BatchOf(0, 10)).ok());
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&index, &done] {
      while (!done.load()) {
        const Position end = index->end();
        EXPECT_EQ(
            *index->entries().BalanceAt(AccountIndex(0), Date::Max(), end),
            Quantity(end * (end - 1) / 2));
        const Position last = end - 1 - ((end - 1) % 7 == 0 ? 1 : 0);
        const auto row = index->event_ids().Find(IdOf(last));
        ASSERT_TRUE(row.ok());
        ASSERT_TRUE(row->has_value());
        EXPECT_EQ((*row)->position, last);
      }
    });
  }
  for (int i = 0; i < 60; ++i) {
    const Position end = index->end();
    ASSERT_TRUE(index->Apply(BatchOf(end, end + 1 + i * 3)).ok());
  }
  done.store(true);
  for (std::thread& reader : readers) reader.join();
  ExpectCompleteTo(*index, index->end());
}

TEST(RecentEventIdsTest, FindsWhatWasAddedUntilItIsDropped) {
  RecentEventIds recent;
  for (Position position = 10; position < 20; ++position) {
    recent.Add({.id = IdOf(position), .position = position, .fingerprint = 7});
  }
  ASSERT_NE(recent.Find(IdOf(15)), nullptr);
  EXPECT_EQ(recent.Find(IdOf(15))->position, 15);
  EXPECT_EQ(recent.Find(IdOf(15))->fingerprint, 7u);
  EXPECT_EQ(recent.Find(IdOf(9)), nullptr);

  recent.DropBelow(13);
  recent.TruncateFrom(18);

  EXPECT_EQ(recent.size(), 5);
  EXPECT_EQ(recent.Find(IdOf(12)), nullptr);
  EXPECT_NE(recent.Find(IdOf(13)), nullptr);
  EXPECT_NE(recent.Find(IdOf(17)), nullptr);
  EXPECT_EQ(recent.Find(IdOf(18)), nullptr);

  // A position that was taken back is given again.
  recent.Add({.id = IdOf(99), .position = 18});
  EXPECT_NE(recent.Find(IdOf(99)), nullptr);
}

}  // namespace
}  // namespace tally
