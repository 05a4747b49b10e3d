#include "engine/log/rocks_journal.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "engine/base/strings.h"
#include "engine/log/chunk.h"
#include "engine/log/rocks_journal_reader.h"
#include "engine/storage/fixed_bytes.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/log/group_of.h"
#include "tests/engine/storage/faulty_file_system.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

using ::testing::HasSubstr;

constexpr char kWal[] = ".log";  // how the write-ahead log's files end

JournalOptions Options(OpenMode mode = OpenMode::kCreateIfMissing,
                       rocksdb::Env* env = nullptr) {
  return {.mode = mode, .new_ledger = UuidOfName("test"), .env = env};
}

class RocksJournalTest : public ::testing::Test {
 protected:
  std::unique_ptr<RocksJournal> Open(
      OpenMode mode = OpenMode::kCreateIfMissing) {
    auto journal = RocksJournal::Open(log_, Options(mode, env_.get()));
    EXPECT_TRUE(journal.ok()) << journal.status().ToString();
    return journal.ok() ? *std::move(journal) : nullptr;
  }

  static void Append(Journal* journal, int64_t count) {
    const absl::Status status =
        journal->Append(GroupOf(journal->head().size, count));
    ASSERT_TRUE(status.ok()) << status.ToString();
  }

  // Goes through all of it: the records, the roots, the tree.
  static absl::Status ReadAll(const Journal& journal) {
    auto reader = journal.Read(0);
    if (!reader.ok()) return reader.status();
    MerkleFrontier tree;
    while (true) {
      const auto more = (*reader)->Next();
      if (!more.ok()) return more.status();
      if (!*more) break;
      if ((*reader)->record() != RecordAt((*reader)->position())) {
        return absl::InternalError("a record is not what was appended");
      }
      tree.Append(LeafHash((*reader)->record()));
    }
    if (TreeHead{tree.size(), tree.Root()} != journal.head()) {
      return absl::InternalError("the head is not that of the records");
    }
    for (Position position = 0; position < tree.size(); position += 97) {
      const auto proof = InclusionProof(journal.tree(), position, tree.size());
      if (!proof.ok()) return proof.status();
      if (!VerifyInclusion(LeafHash(RecordAt(position)), position, *proof,
                           journal.head())) {
        return absl::InternalError("a proof does not hold");
      }
    }
    return absl::OkStatus();
  }

  static void ExpectWhole(const Journal& journal, int64_t size) {
    EXPECT_EQ(journal.head().size, size);
    const absl::Status status = ReadAll(journal);
    EXPECT_TRUE(status.ok()) << status.ToString();
  }

  TemporaryDirectory directory_;
  const std::string log_ = directory_ / "log";
  std::unique_ptr<rocksdb::Env> env_;
};

TEST_F(RocksJournalTest, IsThereAfterItWasClosed) {
  TreeHead head;
  for (int round = 1; round <= 3; ++round) {
    const auto journal = Open();
    EXPECT_EQ(journal->head(), round == 1 ? journal->head() : head);
    EXPECT_EQ(journal->writer_epoch(), static_cast<uint64_t>(round));
    EXPECT_EQ(journal->ledger(), UuidOfName("test"));
    Append(journal.get(), 300);
    Append(journal.get(), 1);
    head = journal->head();
  }
  const auto reader = Open(OpenMode::kReadOnly);
  EXPECT_EQ(reader->head(), head);
  ExpectWhole(*reader, 903);
}

TEST_F(RocksJournalTest, IsThereAfterTheProcessDies) {
  auto journal = Open();
  int64_t size = 0;
  for (const int64_t count : {1, 300, 1, 5}) {
    Append(journal.get(), count);
    size += count;
    const std::string copy = fmt::format("{}/at{}", directory_.path(), size);
    CopyAsIfKilled(log_, copy);
    auto after = RocksJournal::Open(copy, Options());
    ASSERT_TRUE(after.ok()) << after.status().ToString();
    ExpectWhole(**after, size);
  }
}

TEST_F(RocksJournalTest, ANewLedgerNeedsAnIdentityAndKeepsIt) {
  EXPECT_EQ(RocksJournal::Open(log_, {.mode = OpenMode::kCreateIfMissing})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
  Open().reset();
  const auto again =
      RocksJournal::Open(log_, {.mode = OpenMode::kCreateIfMissing,
                                .new_ledger = UuidOfName("another")});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->ledger(), UuidOfName("test"));
}

TEST_F(RocksJournalTest, WhatKeepsItFromOpeningIsSaid) {
  EXPECT_EQ(
      RocksJournal::Open(log_, Options(OpenMode::kExisting)).status().code(),
      absl::StatusCode::kNotFound);
  EXPECT_EQ(
      RocksJournal::Open(directory_ / "no/such", Options()).status().code(),
      absl::StatusCode::kNotFound);

  auto journal = Open();
  const auto second = RocksJournal::Open(log_, Options());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(MessageOf(second.status())),
              HasSubstr("another process has it open"));

  ASSERT_TRUE(
      WriteStamp({.format = kLogFormat + 1, .ledger = UuidOfName("test")},
                 journal->database())
          .ok());
  journal.reset();
  const auto newer = RocksJournal::Open(log_, Options());
  EXPECT_EQ(newer.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(MessageOf(newer.status())),
              HasSubstr("has format 3, newer than 2"));
}

TEST_F(RocksJournalTest, AnotherDatabaseIsNoLog) {
  Database::Open(
      log_, {},
      {.mode = OpenMode::kCreateIfMissing, .rocks = DefaultRocksOptions()})
      ->reset();
  EXPECT_EQ(
      RocksJournal::Open(log_, Options(OpenMode::kExisting)).status().message(),
      log_ + " holds no log");
}

TEST_F(RocksJournalTest, ReadOnlyTakesNoAppends) {
  Append(Open().get(), 3);
  const auto journal = Open(OpenMode::kReadOnly);
  EXPECT_EQ(journal->writer_epoch(), 1u);
  EXPECT_EQ(journal->Append(GroupOf(3, 1)).code(),
            absl::StatusCode::kUnavailable);
  ExpectWhole(*journal, 3);
}

// --- Faults -----------------------------------------------------------------

class RocksJournalFaultTest : public RocksJournalTest {
 protected:
  RocksJournalFaultTest() : files_(std::make_shared<FaultyFileSystem>()) {
    env_ = rocksdb::NewCompositeEnv(files_);
  }

  std::shared_ptr<FaultyFileSystem> files_;
};

// Every write and sync of an append fails once, in every way.
TEST_F(RocksJournalFaultTest, AFailedAppendIsTheLastUntilItIsOpenedAgain) {
  int64_t size = 0;
  int failed = 0;
  for (const Fault fault : {Fault::kFail, Fault::kTear, Fault::kNoSpace}) {
    for (int64_t operation = 0; operation < 4; ++operation) {
      auto journal = Open();
      ASSERT_NE(journal, nullptr);
      Append(journal.get(), 2);
      size += 2;
      files_->FailAfter(operation, fault, kWal);
      const absl::Status status = journal->Append(GroupOf(size, 300));
      files_->Heal();
      if (status.ok()) {
        size += 300;
        continue;
      }
      ++failed;
      EXPECT_EQ(status.code(), fault == Fault::kNoSpace
                                   ? absl::StatusCode::kResourceExhausted
                                   : absl::StatusCode::kUnavailable)
          << status.ToString();
      EXPECT_THAT(std::string(MessageOf(status)),
                  HasSubstr(fmt::format("append at position {}", size)));
      // Healed or not: reads go on, writes do not.
      ExpectWhole(*journal, size);
      const absl::Status after = journal->Append(GroupOf(size, 1));
      EXPECT_EQ(after.code(), absl::StatusCode::kUnavailable);
      EXPECT_THAT(std::string(MessageOf(after)),
                  HasSubstr("the log takes no more appends: append at"));
      EXPECT_EQ(journal->failure(), after);
      journal.reset();

      journal = Open();
      ASSERT_NE(journal, nullptr);
      // The group is wholly there or wholly absent.
      EXPECT_THAT(journal->head().size, ::testing::AnyOf(size, size + 300));
      size = journal->head().size;
      ExpectWhole(*journal, size);
    }
  }
  EXPECT_GE(failed, 6);
}

TEST_F(RocksJournalFaultTest, WhatWasAcknowledgedOutlivesAPowerFailure) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 6; ++round) {
    auto journal = Open();
    ASSERT_NE(journal, nullptr);
    const int64_t before = journal->head().size;
    files_->FailAfter(static_cast<int64_t>(random() % 40),
                      random() % 2 == 0 ? Fault::kFail : Fault::kTear);
    int64_t acknowledged = before;
    int64_t tried = before;
    while (true) {
      const auto count = static_cast<int64_t>(1 + random() % 400);
      tried = acknowledged + count;
      if (!journal->Append(GroupOf(acknowledged, count)).ok()) break;
      acknowledged = tried;
    }
    files_->CutPower();
    journal.reset();
    files_->DropUnsynced();
    files_->Heal();

    journal = Open();
    ASSERT_NE(journal, nullptr);
    EXPECT_THAT(journal->head().size, ::testing::AnyOf(acknowledged, tried));
    ExpectWhole(*journal, journal->head().size);
  }
}

// --- Damage -----------------------------------------------------------------

// What is in the log's column family, changed behind the journal's back.
class RocksJournalDamageTest : public RocksJournalTest {
 protected:
  void SetUp() override {
    const auto journal = Open();
    Append(journal.get(), 4);
    Append(journal.get(), 3'000);
    Append(journal.get(), 2);
    rocksdb::DB* rocks = journal->database()->rocks();
    const std::unique_ptr<rocksdb::Iterator> iterator(
        rocks->NewIterator({}, journal->database()->family(0)));
    for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
      keys_.push_back(iterator->key().ToString());
      values_.push_back(iterator->value().ToString());
    }
    ASSERT_GE(keys_.size(), 5u);
  }

  // What is said of the log when its i-th chunk is `value`, or is gone.
  absl::Status With(size_t i, const std::optional<std::string>& value) {
    const std::string copy =
        fmt::format("{}/copy{}", directory_.path(), ++copies_);
    std::filesystem::copy(log_, copy, std::filesystem::copy_options::recursive);
    {
      auto database = Database::Open(copy, std::vector<ColumnFamily>{{"log"}},
                                     {.rocks = DefaultRocksOptions()});
      if (!database.ok()) return database.status();
      rocksdb::DB* rocks = (*database)->rocks();
      rocksdb::ColumnFamilyHandle* log = (*database)->family(0);
      const rocksdb::Status done = value.has_value()
                                       ? rocks->Put({}, log, keys_[i], *value)
                                       : rocks->Delete({}, log, keys_[i]);
      if (!done.ok()) return absl::InternalError(done.ToString());
    }
    auto journal = RocksJournal::Open(copy, Options(OpenMode::kExisting));
    if (!journal.ok()) return journal.status();
    return ReadAll(**journal);
  }

  std::vector<std::string> keys_;
  std::vector<std::string> values_;
  int copies_ = 0;
};

TEST_F(RocksJournalDamageTest, AMissingChunkIsNamed) {
  for (size_t i = 0; i < keys_.size(); i += keys_.size() - 1) {
    const absl::Status status = With(i, std::nullopt);
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(
        std::string(MessageOf(status)),
        HasSubstr(fmt::format("damaged at position {}", i == 0 ? 0 : 3'004)))
        << status.ToString();
  }
  const absl::Status middle = With(2, std::nullopt);
  EXPECT_EQ(middle.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(MessageOf(middle)), HasSubstr("the chunk there"));
}

TEST_F(RocksJournalDamageTest, AChangedByteIsNamedWithPositionAndKey) {
  std::string changed = values_[2];
  changed[200] = static_cast<char>(changed[200] ^ 4);
  const absl::Status status = With(2, changed);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  const auto first = static_cast<Position>(FixedReader(keys_[2]).Big64());
  EXPECT_THAT(std::string(MessageOf(status)),
              HasSubstr(fmt::format(
                  "the log is damaged at position {}, key {:016x}: the "
                  "checksum is ",
                  first, first)));
}

TEST_F(RocksJournalDamageTest, AChunkInAnothersPlaceIsFound) {
  const absl::Status status = With(2, values_[1]);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(MessageOf(status)),
              HasSubstr("the chunk says that it starts at 4"));
}

// Someone who can make checksums still cannot change a record: the tree does
// not have its leaf.
TEST_F(RocksJournalDamageTest, AnotherRecordWithARightChecksumIsFound) {
  const auto chunk = Chunk::Decode(values_.back());
  ASSERT_TRUE(chunk.ok());
  std::string forged;
  EncodeChunk(chunk->group(), GroupOf(3'004, 2, "forged"),
              {.begin = 0, .end = 2}, &forged);
  const absl::Status status = With(keys_.size() - 1, forged);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(MessageOf(status)),
              HasSubstr("does not have the root that the last group says"));
}

TEST_F(RocksJournalDamageTest, AGroupThatFollowsAnotherRootIsFound) {
  const auto chunk = Chunk::Decode(values_[0]);
  ASSERT_TRUE(chunk.ok());
  GroupHeader header = chunk->group();
  header.root[0] ^= 1;
  std::string forged;
  EncodeChunk(header, GroupOf(0, 4), {.begin = 0, .end = 4}, &forged);
  const absl::Status status = With(0, forged);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(MessageOf(status)),
              HasSubstr("damaged at position 4"));
  EXPECT_THAT(std::string(MessageOf(status)),
              HasSubstr("the group does not follow the one before"));
}

// Bits of the files themselves. Either the damage is found, or it is in bytes
// that nothing depends on and every record is still there and right.
TEST_F(RocksJournalTest, NoChangedBitOfAnyFileGoesUnnoticed) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  auto journal = Open();
  for (const int64_t count : {1, 900, 1, 1, 1, 300, 1}) {
    Append(journal.get(), count);
  }
  // Half of it in tables and blobs, half in the write-ahead log.
  ASSERT_TRUE(journal->database()
                  ->rocks()
                  ->Flush({}, journal->database()->family(0))
                  .ok());
  for (const int64_t count : {600, 1, 1, 1, 1, 1}) {
    Append(journal.get(), count);
  }
  const TreeHead head = journal->head();
  CopyAsIfKilled(log_, directory_ / "killed");
  journal.reset();
  CopyAsIfKilled(log_, directory_ / "closed");

  int found = 0;
  int harmless = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string copy = directory_ / "flipped";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(directory_ / (round % 2 == 0 ? "killed" : "closed"),
                          copy);
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(copy)) {
      if (file.file_size() > 0) files.push_back(file.path());
    }
    const auto path = files[random() % files.size()];
    const uint64_t at = random() % std::filesystem::file_size(path);
    const int bit = static_cast<int>(random() % 8);
    SCOPED_TRACE(fmt::format("bit {} of byte {} of {}", bit, at,
                             path.filename().string()));
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(file.get() ^ (1 << bit));
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
    file.close();

    auto opened = RocksJournal::Open(copy, Options(OpenMode::kExisting));
    const absl::Status status =
        opened.ok() ? ReadAll(**opened) : opened.status();
    if (!status.ok()) {
      EXPECT_NE(status.code(), absl::StatusCode::kInternal)
          << status.ToString();
      ++found;
      continue;
    }
    EXPECT_EQ((*opened)->head(), head);
    ++harmless;
  }
  EXPECT_GT(found, 0);
  RecordProperty("found", found);
  RecordProperty("harmless", harmless);
}

TEST(ChunkTest, NoChangedByteGoesUnnoticed) {
  const Group group = GroupOf(9, 20);
  const GroupHeader header{.writer_epoch = 1, .first = 9, .count = 20};
  std::string bytes;
  EncodeChunk(header, group, {.begin = 0, .end = 20}, &bytes);
  ASSERT_TRUE(Chunk::Decode(bytes).ok());
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    for (int other = 1; other < 256; ++other) {
      changed[i] = static_cast<char>(bytes[i] ^ other);
      ASSERT_EQ(Chunk::Decode(changed).status().code(),
                absl::StatusCode::kDataLoss);
    }
    ASSERT_FALSE(Chunk::Decode(bytes.substr(0, i)).ok());
    ASSERT_FALSE(Chunk::Decode(bytes + bytes.substr(0, i + 1)).ok());
  }
}

TEST(ChunkTest, AGroupIsCutBetweenRecords) {
  for (const int64_t count : {1, 100, 5'000}) {
    const Group group = GroupOf(0, count);
    Position next = 0;
    for (const ChunkRange range : CutIntoChunks(group)) {
      EXPECT_EQ(range.begin, next);
      EXPECT_LT(range.begin, range.end);
      int64_t bytes = 0;
      for (int64_t i = range.begin; i < range.end; ++i) {
        bytes += std::ssize(group.record(i));
      }
      EXPECT_LE(bytes, kChunkBytes);
      next = range.end;
    }
    EXPECT_EQ(next, count);
  }
  EXPECT_TRUE(CutIntoChunks(Group(3)).empty());
}

}  // namespace
}  // namespace tally
