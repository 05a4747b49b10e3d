// A ledger opens from its newest snapshot that is whole and fits, and answers
// as it would have from its log alone.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "engine/ledger/balance_queries.h"
#include "engine/ledger/memory_tables.h"
#include "engine/ledger/verification.h"
#include "engine/log/memory_journal.h"
#include "engine/log/record_codec.h"
#include "engine/rules/rules_version.h"
#include "engine/snapshot/snapshot_folder.h"
#include "fmt/format.h"
#include "tests/engine/ledger/borrowed_journal.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SnapshotsTest : public LedgerFixture {
 protected:
  SnapshotsTest() { Reopen(); }

  void Reopen() { Open({.directory = directory_.path()}); }
  absl::Status TryToReopen() {
    ledger_.reset();
    return Ledger::Open({.directory = directory_.path(), .clock = &clock_})
        .status();
  }
  Position end() const { return ledger_->standing().tree_size(); }

  // Writes the newest snapshot anew, with another head.
  void Rewrite(SnapshotHead head) {
    const Position newest = folder_.List().value().front();
    State state;
    ASSERT_TRUE(folder_.Read(newest, &state).ok());
    ASSERT_TRUE(folder_.Write(head, state, [] { return true; }).ok());
  }
  SnapshotHead NewestHead() {
    return folder_.ReadHead(folder_.List().value().front()).value();
  }
  void FlipBitIn(Position end) {
    std::fstream file(folder_.PathOf(end),
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(200);
    const auto byte = static_cast<char>(file.get() ^ 4);
    file.seekp(200);
    file.put(byte);
  }

  TemporaryDirectory directory_;
  SnapshotFolder folder_{directory_ / "snapshots"};
};

TEST_F(SnapshotsTest, AClosedLedgerOpensWithoutAReplay) {
  AddWorld({"mill", "shop"});
  PostOne("r1", OilIn("mill", "100"));
  EXPECT_EQ(ShipOil("S1", "mill", "30"), Code::kAccepted);
  const Standing before = ledger_->standing();

  Reopen();

  EXPECT_EQ(ledger_->opening().snapshot_end, end());
  EXPECT_EQ(ledger_->opening().replayed, 0);
  EXPECT_THAT(ledger_->opening().left_out, IsEmpty());
  EXPECT_EQ(ledger_->standing(), before);
  EXPECT_EQ(OilAt("mill"), "70");
  EXPECT_TRUE(PostOne("r1", OilIn("mill", "100")).repeated);
  EXPECT_EQ(ShipOil("S2", "mill", "71"), Code::kInsufficient);
  EXPECT_EQ(ShipOil("S2", "mill", "70"), Code::kAccepted);
}

TEST_F(SnapshotsTest, RecordedTimesGoOnIncreasing) {
  AddWorld({"mill"});
  const Outcome before = PostOne("r1", OilIn("mill", "100"));
  clock_.Set(Instant(Day("2020-01-01")));

  Reopen();

  EXPECT_GT(PostOne("r2", OilIn("mill", "100")).recorded_at,
            before.recorded_at);
}

TEST_F(SnapshotsTest, ADamagedOneFallsBackToTheOneBefore) {
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  Reopen();
  const Position older = end();
  PostOne("r2", OilIn("mill", "11"));
  Reopen();
  const Position newer = end();
  ledger_.reset();
  ASSERT_THAT(folder_.List().value(), ElementsAre(newer, older));
  FlipBitIn(newer);

  Reopen();

  EXPECT_EQ(ledger_->opening().snapshot_end, older);
  EXPECT_EQ(ledger_->opening().replayed, 1);
  ASSERT_THAT(ledger_->opening().left_out, SizeIs(1));
  EXPECT_THAT(ledger_->opening().left_out.front(),
              HasSubstr(folder_.PathOf(newer) + ": it is damaged in the chunk "
                                                "at byte 120"));
  EXPECT_EQ(OilAt("mill"), "111");
}

TEST_F(SnapshotsTest, WhereAllAreDamagedTheLogIsReplayed) {
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  Reopen();
  PostOne("r2", OilIn("mill", "11"));
  ledger_.reset();
  const std::vector<Position> ends = folder_.List().value();
  for (const Position end : ends) FlipBitIn(end);

  Reopen();

  EXPECT_EQ(ledger_->opening().snapshot_end, 0);
  EXPECT_EQ(ledger_->opening().replayed, end());
  EXPECT_THAT(ledger_->opening().left_out, SizeIs(2));
  EXPECT_EQ(OilAt("mill"), "111");
  // The next one takes their place.
  Reopen();
  EXPECT_EQ(ledger_->opening().replayed, 0);
}

TEST_F(SnapshotsTest, WithoutTheTablesThatItGoesWithTheLogIsReplayed) {
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  ledger_.reset();
  std::filesystem::remove_all(directory_ / "index");

  Reopen();

  EXPECT_EQ(ledger_->opening().replayed, end());
  ASSERT_THAT(ledger_->opening().left_out, SizeIs(1));
  EXPECT_THAT(ledger_->opening().left_out.front(),
              HasSubstr("the derived tables reach position 0 only"));
  EXPECT_TRUE(PostOne("r1", OilIn("mill", "100")).repeated);
}

TEST_F(SnapshotsTest, OtherRulesMakeItOfNoUse) {
  AddWorld({"mill"});
  ledger_.reset();
  SnapshotHead head = NewestHead();
  head.rules_version = kRulesVersion + 1;
  Rewrite(head);

  Reopen();

  EXPECT_EQ(ledger_->opening().replayed, end());
  ASSERT_THAT(ledger_->opening().left_out, SizeIs(1));
  EXPECT_THAT(ledger_->opening().left_out.front(),
              HasSubstr("it follows from version 2 of the rules, not 1"));
}

TEST_F(SnapshotsTest, AnotherLedgersIsOfNoUse) {
  AddWorld({"mill"});
  ledger_.reset();
  SnapshotHead head = NewestHead();
  head.ledger = UuidOfName("another");
  Rewrite(head);

  Reopen();

  EXPECT_EQ(ledger_->opening().replayed, end());
}

TEST_F(SnapshotsTest, OneOfOtherRecordsStops) {
  AddWorld({"mill"});
  ledger_.reset();
  SnapshotHead head = NewestHead();
  head.root = Sha256("other records");
  Rewrite(head);

  const absl::Status opened = TryToReopen();

  EXPECT_TRUE(absl::IsDataLoss(opened)) << opened;
  EXPECT_THAT(opened.ToString(),
              HasSubstr("was made of other records than the first"));
}

TEST_F(SnapshotsTest, ALogThatEndsBeforeItStops) {
  AddWorld({"mill"});
  ledger_.reset();
  SnapshotHead head = NewestHead();
  head.end += 3;
  Rewrite(head);

  const absl::Status opened = TryToReopen();

  EXPECT_TRUE(absl::IsDataLoss(opened)) << opened;
  EXPECT_THAT(opened.ToString(),
              HasSubstr("but there is a snapshot of it up to"));
}

TEST_F(SnapshotsTest, VerificationHoldsEachToTheLog) {
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  Reopen();
  PostOne("r2", OilIn("mill", "11"));
  ledger_.reset();
  auto report = VerifyDirectory(directory_.path(), {.clock = &clock_});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->findings, IsEmpty());
  EXPECT_EQ(report->snapshots, 2);

  // One that is whole, and of another state.
  const std::vector<Position> ends = folder_.List().value();
  const SnapshotHead head = NewestHead();
  State older;
  ASSERT_TRUE(folder_.Read(ends.back(), &older).ok());
  ASSERT_TRUE(folder_.Write(head, older, [] { return true; }).ok());
  FlipBitIn(ends.back());
  report = VerifyDirectory(directory_.path(), {.clock = &clock_});

  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_THAT(report->findings, SizeIs(2));
  EXPECT_EQ(report->findings[0].where, "snapshots");
  EXPECT_EQ(
      report->findings[0].what,
      folder_.PathOf(ends.back()) + ": it is damaged in the chunk at byte 120");
  EXPECT_EQ(report->findings[1].what,
            folder_.PathOf(ends.front()) +
                ": it is not the state that the log leads to");
}

TEST_F(SnapshotsTest, NoMoreAreKeptThanAskedFor) {
  AddWorld({"mill"});
  std::vector<Position> ends;
  for (int i = 0; i < 5; ++i) {
    PostOne(fmt::format("r{}", i), OilIn("mill", "1"));
    ends.push_back(end());
    Open({.directory = directory_.path(), .snapshots = {.keep = 3}});
  }
  EXPECT_THAT(folder_.List().value(), ElementsAre(ends[4], ends[3], ends[2]));
}

TEST_F(SnapshotsTest, NoneIsMadeWhereNothingIsNew) {
  AddWorld({"mill"});
  Reopen();
  Reopen();
  EXPECT_EQ(ledger_->health().snapshots.made, 0);
  ledger_->Close();
  EXPECT_EQ(ledger_->health().snapshots.made, 0);
}

TEST_F(SnapshotsTest, WhereItCannotBeWrittenTheLedgerGoesOn) {
  ledger_.reset();
  std::filesystem::remove_all(folder_.directory());
  std::ofstream(folder_.directory()) << "in the way";
  Reopen();
  AddWorld({"mill"});

  ledger_->Close();

  EXPECT_FALSE(ledger_->health().snapshots.latest.ok());
  Reopen();
  EXPECT_EQ(ledger_->opening().replayed, end());
}

// A log and tables that outlive the ledgers on them.
class RunningSnapshotsTest : public SnapshotsTest {
 protected:
  void OpenOnLog(LedgerOptions options) {
    ledger_.reset();
    Storage storage;
    storage.journal = std::make_unique<BorrowedJournal>(&journal_);
    storage.tables = std::make_unique<MemoryTables>();
    storage.snapshots = std::make_unique<SnapshotFolder>(folder_.directory());
    OpenOn(std::move(storage), std::move(options));
  }

  MemoryJournal journal_;
};

TEST_F(RunningSnapshotsTest, TheyAreMadeWhileEventsAreTaken) {
  OpenOnLog({.snapshots = {.interval_events = 10, .keep = 2}});
  AddWorld({"mill"});
  int posted = 0;
  for (; posted < 100'000 && ledger_->health().snapshots.made < 3; ++posted) {
    PostOne(fmt::format("r{}", posted), OilIn("mill", "1"));
  }
  const LedgerHealth health = ledger_->health();
  EXPECT_TRUE(health.snapshots.latest.ok()) << health.snapshots.latest;
  EXPECT_GE(health.snapshots.made, 3);
  EXPECT_GT(health.snapshots.bytes, 0);
  EXPECT_GE(health.snapshots.newest_end, 30);
  ledger_->Close();
  EXPECT_EQ(OilAt("mill"), fmt::format("{}", posted));
  ASSERT_THAT(folder_.List().value(), SizeIs(2));
  EXPECT_EQ(folder_.List().value().front(), end());
}

TEST_F(RunningSnapshotsTest, EachIsMadeOfTheOneBeforeAndTheLog) {
  OpenOnLog({.threading = Threading::kCallerRuns,
             .snapshots = {.keep = 9, .at_close = false}});
  AddWorld({"mill"});
  std::vector<Position> ends;
  for (int i = 0; i < 4; ++i) {
    PostOne(fmt::format("r{}", i), OilIn("mill", "5"));
    PostOne(fmt::format("v{}", i),
            Void{.event = UuidOfName(fmt::format("r{}", i)),
                 .reason = "weighed twice"});
    const absl::Status made = ledger_->MakeSnapshot();
    ASSERT_TRUE(made.ok()) << made;
    ends.insert(ends.begin(), end());
  }
  EXPECT_EQ(folder_.List().value(), ends);
}

TEST_F(RunningSnapshotsTest, ADamagedRecordAfterItStopsAtItsPlace) {
  OpenOnLog({.threading = Threading::kCallerRuns});
  AddWorld({"mill"});
  const Position end = ledger_->standing().tree_size();
  ledger_.reset();
  // What the rules refuse: nobody knows the party.
  const RegisterSite site{.site = "shop", .party = "nobody"};
  const Event event{.id = UuidOfName("shop"),
                    .occurred_at = Instant(Day("2025-01-10")),
                    .body = &site};
  std::string words;
  ASSERT_TRUE(EncodeEvent(event, &words).ok());
  Group group(end);
  group.Add(Instant(Day("2030-01-01")), words, Decision());
  ASSERT_TRUE(journal_.Append(group).ok());
  auto storage = std::make_unique<Storage>();
  storage->journal = std::make_unique<BorrowedJournal>(&journal_);
  auto tables = std::make_unique<MemoryTables>();
  IndexBatch batch;
  batch.Clear(0);
  batch.end = end;
  for (Position position = 0; position < end; ++position) {
    batch.effects.Add(position, "");
  }
  ASSERT_TRUE(tables->Apply(batch).ok());
  storage->tables = std::move(tables);
  storage->snapshots = std::make_unique<SnapshotFolder>(folder_.directory());

  const auto opened = Ledger::OpenOn(std::move(storage), {.clock = &clock_});

  EXPECT_TRUE(absl::IsDataLoss(opened.status())) << opened.status();
  EXPECT_THAT(opened.status().ToString(),
              HasSubstr(fmt::format("damaged at position {}", end)));
}

}  // namespace
}  // namespace tally
