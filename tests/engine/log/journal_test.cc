// What every journal promises.

#include "engine/log/journal.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/log/memory_journal.h"
#include "engine/log/rocks_journal.h"
#include "gtest/gtest.h"
#include "tests/engine/log/group_of.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

struct Kind {
  const char* name;
  std::function<std::unique_ptr<Journal>(const std::string& directory)> open;
};

std::unique_ptr<Journal> OpenRocks(const std::string& directory) {
  auto journal =
      RocksJournal::Open(directory, {.mode = OpenMode::kCreateIfMissing,
                                     .new_ledger = UuidOfName("test"),
                                     .rules_version = 7});
  EXPECT_TRUE(journal.ok()) << journal.status().ToString();
  return journal.ok() ? *std::move(journal) : nullptr;
}

std::unique_ptr<Journal> OpenMemory(const std::string&) {
  return std::make_unique<MemoryJournal>(UuidOfName("test"), 7);
}

class JournalTest : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    journal_ = GetParam().open(directory_ / "log");
    ASSERT_NE(journal_, nullptr);
  }

  void Append(int64_t count, const std::string& extra = "") {
    const absl::Status status =
        journal_->Append(GroupOf(journal_->head().size, count, extra));
    ASSERT_TRUE(status.ok()) << status.ToString();
  }

  void ExpectRecords(Position from, Position end) {
    auto reader = journal_->Read(from);
    ASSERT_TRUE(reader.ok()) << reader.status().ToString();
    for (Position position = from; position < end; ++position) {
      const auto more = (*reader)->Next();
      ASSERT_TRUE(more.ok()) << more.status().ToString();
      ASSERT_TRUE(*more);
      ASSERT_EQ((*reader)->position(), position);
      ASSERT_EQ((*reader)->record(), RecordAt(position));
    }
    EXPECT_FALSE(*(*reader)->Next());
    EXPECT_FALSE(*(*reader)->Next());
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Journal> journal_;
};

TEST_P(JournalTest, BeginsEmpty) {
  EXPECT_EQ(journal_->head(), (TreeHead{.size = 0, .root = EmptyRoot()}));
  EXPECT_EQ(journal_->ledger(), UuidOfName("test"));
  EXPECT_TRUE(journal_->failure().ok());
  ExpectRecords(0, 0);
}

TEST_P(JournalTest, GivesBackWhatWasAppended) {
  for (const int64_t count : {1, 2, 1, 700, 3}) Append(count);
  EXPECT_EQ(journal_->head().size, 707);
  ExpectRecords(0, 707);
  for (const Position from : {1, 3, 4, 5, 400, 703, 704, 706, 707}) {
    ExpectRecords(from, 707);
  }
  for (const Position position : {0, 3, 4, 703, 704, 706}) {
    const auto record = journal_->ReadRecord(position);
    ASSERT_TRUE(record.ok()) << record.status().ToString();
    EXPECT_EQ(*record, RecordAt(position));
  }
}

TEST_P(JournalTest, AGroupSaysWhatItIsPartOf) {
  Append(3);
  const TreeHead before = journal_->head();
  Append(400);
  auto reader = journal_->Read(200);
  ASSERT_TRUE(reader.ok());
  ASSERT_TRUE(*(*reader)->Next());
  const GroupHeader& group = (*reader)->group();
  EXPECT_EQ(group.first, 3);
  EXPECT_EQ(group.count, 400);
  EXPECT_EQ(group.stable_end, 3);
  EXPECT_EQ(group.rules_version, 7u);
  EXPECT_EQ(group.writer_epoch, 1u);
  EXPECT_EQ(group.writer_epoch, journal_->writer_epoch());
  EXPECT_EQ(group.recorded_at, RecordedAt(402));
  EXPECT_EQ(group.previous_root, before.root);
  EXPECT_EQ(group.root, journal_->head().root);
}

TEST_P(JournalTest, TheHeadIsTheTreeOfTheRecords) {
  MerkleFrontier tree;
  for (const int64_t count : {1, 255, 1, 600}) {
    Append(count);
    while (tree.size() < journal_->head().size) {
      tree.Append(LeafHash(RecordAt(tree.size())));
    }
    EXPECT_EQ(journal_->head().root, tree.Root());
  }
}

TEST_P(JournalTest, ProofsHoldAtEverySize) {
  std::vector<TreeHead> heads;
  for (const int64_t count : {1, 2, 253, 1, 500}) {
    Append(count);
    heads.push_back(journal_->head());
  }
  for (const TreeHead& head : heads) {
    for (const Position position :
         {Position{0}, head.size / 2, head.size - 1}) {
      const auto proof = InclusionProof(journal_->tree(), position, head.size);
      ASSERT_TRUE(proof.ok()) << proof.status().ToString();
      EXPECT_TRUE(VerifyInclusion(LeafHash(RecordAt(position)), position,
                                  *proof, head));
    }
    const auto proof =
        ConsistencyProof(journal_->tree(), head.size, heads.back().size);
    ASSERT_TRUE(proof.ok()) << proof.status().ToString();
    EXPECT_TRUE(VerifyConsistency(head, heads.back(), *proof));
  }
}

TEST_P(JournalTest, AGroupForAnotherPlaceIsTurnedAway) {
  Append(5);
  const TreeHead head = journal_->head();
  for (const Position first : {0, 4, 6}) {
    const absl::Status status = journal_->Append(GroupOf(first, 2));
    EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
    EXPECT_EQ(std::string(status.message()),
              fmt::format("the group starts at position {}, the log ends at 5",
                          first));
  }
  EXPECT_EQ(journal_->head(), head);
  // That was the caller's mistake, not the journal's.
  Append(1);
}

TEST_P(JournalTest, AnEmptyGroupChangesNothing) {
  Append(2);
  const TreeHead head = journal_->head();
  Append(0);
  EXPECT_EQ(journal_->head(), head);
  ExpectRecords(0, 2);
}

TEST_P(JournalTest, AReaderSeesWhatWasThereWhenItWasMade) {
  Append(300);
  auto reader = journal_->Read(299);
  ASSERT_TRUE(reader.ok());
  Append(300);
  EXPECT_TRUE(*(*reader)->Next());
  EXPECT_FALSE(*(*reader)->Next());
  ExpectRecords(0, 600);
}

TEST_P(JournalTest, PlacesOutsideTheLogAreOutOfRange) {
  Append(3);
  for (const Position position : {-1, 4}) {
    EXPECT_EQ(journal_->Read(position).status().code(),
              absl::StatusCode::kOutOfRange);
  }
  for (const Position position : {-1, 3, 4}) {
    EXPECT_EQ(journal_->ReadRecord(position).status().message(),
              fmt::format("position {} is not in the log, which ends at 3",
                          position));
  }
}

TEST_P(JournalTest, LongRecordsAreNotCut) {
  const std::string extra(300'000, 'x');
  ASSERT_TRUE(journal_->Append(GroupOf(0, 4, extra)).ok());
  for (Position position = 0; position < 4; ++position) {
    EXPECT_EQ(*journal_->ReadRecord(position), RecordAt(position, extra));
  }
}

TEST_P(JournalTest, ReadersAndTheWriterDoNotDisturbEachOther) {
  Append(10);
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([this, &done] {
      while (!done.load()) {
        const TreeHead head = journal_->head();
        const Position last = head.size - 1;
        EXPECT_EQ(*journal_->ReadRecord(last), RecordAt(last));
        const auto proof =
            InclusionProof(journal_->tree(), last / 2, head.size);
        ASSERT_TRUE(proof.ok()) << proof.status().ToString();
        EXPECT_TRUE(VerifyInclusion(LeafHash(RecordAt(last / 2)), last / 2,
                                    *proof, head));
        auto reader = journal_->Read(last);
        ASSERT_TRUE(reader.ok());
        EXPECT_TRUE(*(*reader)->Next());
        EXPECT_EQ((*reader)->record(), RecordAt(last));
      }
    });
  }
  for (int i = 0; i < 40; ++i) Append(1 + i * 7);
  done.store(true);
  for (std::thread& reader : readers) reader.join();
  ExpectRecords(0, journal_->head().size);
}

INSTANTIATE_TEST_SUITE_P(Journals, JournalTest,
                         ::testing::Values(Kind{"memory", OpenMemory},
                                           Kind{"rocks", OpenRocks}),
                         [](const auto& info) { return info.param.name; });

TEST(MemoryJournalTest, AFailedAppendIsTheLast) {
  MemoryJournal journal;
  ASSERT_TRUE(journal.Append(GroupOf(0, 2)).ok());
  journal.FailNextAppend(absl::ResourceExhaustedError("no space"));
  EXPECT_EQ(journal.Append(GroupOf(2, 1)).code(),
            absl::StatusCode::kResourceExhausted);
  const absl::Status after = journal.Append(GroupOf(2, 1));
  EXPECT_EQ(after.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(after.message(), "the log takes no more appends: no space");
  EXPECT_EQ(journal.failure(), after);
  EXPECT_EQ(journal.head().size, 2);
}

TEST(GroupTest, RecordsCanBeTakenBack) {
  Group group = GroupOf(10, 5);
  group.Truncate(2);
  EXPECT_EQ(group.end(), 12);
  group.Add(RecordedAt(12), EventAt(12), Decision());
  for (int64_t i = 0; i < 3; ++i) {
    EXPECT_EQ(group.record(i), RecordAt(10 + i));
    EXPECT_EQ(group.recorded_at(i), RecordedAt(10 + i));
  }
  group.Truncate(0);
  EXPECT_TRUE(group.empty());
  EXPECT_EQ(group.bytes(), 0);
  group.Clear(3);
  group.Add(RecordedAt(3), EventAt(3), Decision());
  EXPECT_EQ(group.record(0), RecordAt(3));
}

}  // namespace
}  // namespace tally
