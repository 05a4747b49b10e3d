// Files of snapshots: whole, or known not to be.

#include "engine/snapshot/snapshot_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/rules/decide.h"
#include "engine/snapshot/state_codec.h"
#include "tests/engine/rules/random_events.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SnapshotFolderTest : public testing::Test {
 protected:
  SnapshotFolderTest() {
    RandomEvents random(5);
    Plan plan;
    for (const Event& event : random.World()) {
      EXPECT_EQ(
          Decide(state_, event, {.recorded_at = event.occurred_at}, &plan),
          nullptr);
      state_.Apply(plan);
    }
  }

  static SnapshotHead HeadAt(Position end) {
    return {.rules_version = 3,
            .ledger = UuidOfName("ledger"),
            .end = end,
            .last_recorded_at = Instant(1'700'000'000'000'000),
            .latest_date = Date(20'000),
            .root = Sha256("root")};
  }
  void Write(Position end) {
    const absl::StatusOr<int64_t> bytes =
        folder_.Write(HeadAt(end), state_, [] { return true; });
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_EQ(*bytes, static_cast<int64_t>(BytesOf(end).size()));
  }
  std::string BytesOf(Position end) const {
    std::ifstream file(folder_.PathOf(end), std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  void Replace(Position end, const std::string& bytes) const {
    std::ofstream(folder_.PathOf(end), std::ios::binary) << bytes;
  }
  absl::Status ReadAll(Position end) const {
    const absl::StatusOr<SnapshotHead> head = folder_.ReadHead(end);
    if (!head.ok()) return head.status();
    State state;
    return folder_.Read(end, &state);
  }
  std::vector<Position> List() const {
    const absl::StatusOr<std::vector<Position>> ends = folder_.List();
    EXPECT_TRUE(ends.ok()) << ends.status();
    return ends.value_or(std::vector<Position>());
  }

  TemporaryDirectory directory_;
  SnapshotFolder folder_{directory_ / "snapshots"};
  State state_;
};

TEST_F(SnapshotFolderTest, WhatIsWrittenIsRead) {
  EXPECT_THAT(List(), IsEmpty());

  Write(17);

  EXPECT_THAT(List(), ElementsAre(17));
  EXPECT_EQ(folder_.ReadHead(17).value(), HeadAt(17));
  State state;
  const absl::Status read = folder_.Read(17, &state);
  ASSERT_TRUE(read.ok()) << read;
  EXPECT_EQ(EncodeState(state).value(), EncodeState(state_).value());
}

TEST_F(SnapshotFolderTest, TheSameStateGivesTheSameFile) {
  Write(17);
  const std::string bytes = BytesOf(17);
  State again;
  ASSERT_TRUE(folder_.Read(17, &again).ok());

  ASSERT_TRUE(folder_.Write(HeadAt(17), again, [] { return true; }).ok());

  EXPECT_EQ(BytesOf(17), bytes);
}

TEST_F(SnapshotFolderTest, AnyByteThatIsWrongIsFound) {
  Write(17);
  const std::string bytes = BytesOf(17);
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ (1 << (i % 8)));
    Replace(17, damaged);
    EXPECT_FALSE(ReadAll(17).ok()) << "byte " << i;
  }
}

TEST_F(SnapshotFolderTest, AFileOfAnotherLengthIsFound) {
  Write(17);
  const std::string bytes = BytesOf(17);
  for (size_t size = 0; size < bytes.size(); ++size) {
    Replace(17, bytes.substr(0, size));
    ASSERT_TRUE(absl::IsDataLoss(ReadAll(17))) << size;
  }
  Replace(17, bytes + '\0');
  EXPECT_THAT(ReadAll(17).ToString(), HasSubstr("it goes on after its end"));
}

TEST_F(SnapshotFolderTest, DamageNamesTheFileAndTheChunk) {
  Write(17);
  std::string bytes = BytesOf(17);
  bytes[kSnapshotHeadBytes + 10] ^= 1;
  Replace(17, bytes);

  EXPECT_THAT(ReadAll(17).ToString(),
              HasSubstr(folder_.PathOf(17) +
                        ": it is damaged in the chunk at byte 120"));
}

TEST_F(SnapshotFolderTest, AnotherFormatIsNotRead) {
  Write(17);
  std::string bytes = BytesOf(17);
  bytes[8] = kSnapshotFormat + 1;
  Replace(17, bytes);
  // The digest of the head is in its place in every format.
  EXPECT_TRUE(absl::IsDataLoss(ReadAll(17)));
  const Sha256Digest digest = Sha256(bytes.substr(0, 88));
  std::copy(digest.begin(), digest.end(), bytes.begin() + 88);
  Replace(17, bytes);

  const absl::Status read = ReadAll(17);

  EXPECT_TRUE(absl::IsFailedPrecondition(read)) << read;
  EXPECT_THAT(read.ToString(), HasSubstr("its format is 2, not 1"));
}

TEST_F(SnapshotFolderTest, AFileUnderAnotherNameIsNotRead) {
  Write(17);
  Replace(18, BytesOf(17));
  EXPECT_TRUE(absl::IsDataLoss(ReadAll(18))) << ReadAll(18);
}

TEST_F(SnapshotFolderTest, OnlyTheNewestAreKept) {
  for (const Position end : {5, 40, 300, 7}) Write(end);
  EXPECT_THAT(List(), ElementsAre(300, 40, 7, 5));

  ASSERT_TRUE(folder_.RemoveOld(2).ok());

  EXPECT_THAT(List(), ElementsAre(300, 40));
}

TEST_F(SnapshotFolderTest, WhatIsEndedEarlyIsNoSnapshot) {
  const auto written = folder_.Write(HeadAt(17), state_, [] { return false; });
  EXPECT_TRUE(absl::IsCancelled(written.status())) << written.status();
  EXPECT_TRUE(std::filesystem::is_empty(folder_.directory()));
  Write(18);
  EXPECT_THAT(List(), ElementsAre(18));
}

TEST_F(SnapshotFolderTest, OtherFilesAreNoSnapshots) {
  Write(17);
  for (const char* name : {"/18.snapshot", "/x", "/0000000000000000019.old"}) {
    std::ofstream(folder_.directory() + name) << "x";
  }
  EXPECT_THAT(List(), ElementsAre(17));
}

}  // namespace
}  // namespace tally
