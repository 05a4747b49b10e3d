// Backups: made while the ledger runs, held to a signed head, found damaged
// where they are, and restored without forking the log under its name.

#include "engine/ledger/backup.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/ledger/checkpoints.h"
#include "engine/ledger/restore.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

class BackupTest : public LedgerFixture {
 protected:
  LedgerOptions At(const std::string& name, std::string origin = "") {
    return {.directory = root_ / name,
            .signing = {.key_file = root_ / (name + ".key"),
                        .new_key = Ed25519Seed{5},
                        .origin = std::move(origin),
                        .witnesses = {}},
            .salt_seed = Sha256Digest{6}};
  }
  std::string Backups() const { return root_ / "backups"; }

  void Stock(int from, int to) {
    BatchOf batch;
    for (int i = from; i < to; ++i) {
      batch.Add("in " + std::to_string(i), OilIn("mill", "1"), "2025-01-10");
    }
    Post(batch);
  }
  Backup Make() {
    auto backup = CreateBackup(*ledger_, Backups(), clock_);
    EXPECT_TRUE(backup.ok()) << backup.status();
    return backup.ok() ? *backup : Backup();
  }
  // What is wrong with a backup; "" where nothing is.
  std::string Wrong(uint32_t id) {
    return First(VerifyBackup(Backups(), id, Now()));
  }
  std::string WrongIn(const std::string& name) {
    return First(VerifyDirectory(root_ / name, Now()));
  }
  absl::StatusOr<RestoreAnswer> Restore(const std::string& name,
                                        RestoreQuestion question = {}) {
    question.folder = Backups();
    question.directory = root_ / name;
    question.new_ledger = UuidOfName(name);
    return RestoreBackup(question);
  }

  VerifyOptions Now() {
    return {.clock = &clock_, .known_at = {}, .on_progress = {}};
  }

  TemporaryDirectory root_;

 private:
  static std::string First(const absl::StatusOr<VerifyReport>& report) {
    if (!report.ok()) return report.status().ToString();
    return report->findings.empty() ? "" : report->findings.front().what;
  }
};

TEST_F(BackupTest, ABackupHoldsWhatWasThereAndTheNextSharesIt) {
  Open(At("data"));
  AddWorld({"mill"});
  Stock(0, 2'000);
  const Backup first = Make();
  Stock(2'000, 2'010);
  const Backup second = Make();

  EXPECT_EQ(second.head.size, first.head.size + 10);
  EXPECT_EQ(first.ledger, second.ledger);
  EXPECT_NE(first.checkpoint, "");
  EXPECT_EQ(Wrong(first.id), "");
  EXPECT_EQ(Wrong(0), "");
  // The second one added little beside what the first one had.
  int64_t stored = 0;
  for (const auto& file : fs::recursive_directory_iterator(Backups())) {
    if (file.is_regular_file())
      stored += static_cast<int64_t>(file.file_size());
  }
  EXPECT_LT(stored, first.bytes + second.bytes / 2);
  const auto list = ListBackups(Backups());
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->backups.size(), 2U);
  EXPECT_TRUE(list->damaged.empty());
}

TEST_F(BackupTest, AClosedDirectoryIsBackedUpIntoTheSameFolder) {
  Open(At("data"));
  AddWorld({"mill"});
  Make();
  Stock(0, 10);
  EXPECT_EQ(
      CreateBackupOf(root_ / "data", "", Backups(), clock_).status().code(),
      absl::StatusCode::kFailedPrecondition);
  ledger_.reset();
  const auto backup =
      CreateBackupOf(root_ / "data", root_ / "data.key", Backups(), clock_);
  ASSERT_TRUE(backup.ok()) << backup.status();
  EXPECT_EQ(backup->id, 2U);
  EXPECT_EQ(Wrong(2), "");
}

TEST_F(BackupTest, ARestoredLedgerIsOfItsOwnUnlessItCoversWhatWasPublished) {
  Open(At("data"));
  AddWorld({"mill"});
  Stock(0, 20);
  const Backup backup = Make();

  const auto own = Restore("own");
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_EQ(own->head, backup.head);
  EXPECT_NE(own->ledger, backup.ledger);
  EXPECT_EQ(WrongIn("own"), "");

  const auto same = Restore("same", {.published = backup.checkpoint});
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(same->ledger, backup.ledger);
  EXPECT_EQ(WrongIn("same"), "");

  // Somebody holds a checkpoint of an event that the backup has not.
  Stock(20, 21);
  const auto newer = ledger_->checkpoints().Make();
  ASSERT_TRUE(newer.ok()) << newer.status();
  const auto refused = Restore("refused", {.published = newer->note});
  EXPECT_TRUE(absl::IsFailedPrecondition(refused.status())) << refused.status();
  EXPECT_FALSE(fs::exists(root_ / "refused/log"));
}

TEST_F(BackupTest, ACopyNeverSignsUnderTheFormerName) {
  Open(At("data", "example.org/log"));
  AddWorld({"mill"});
  Make();
  ASSERT_TRUE(Restore("copy").ok());
  ledger_.reset();

  const auto status_of = [this](LedgerOptions options) {
    options.clock = &clock_;
    return Ledger::Open(std::move(options)).status();
  };
  EXPECT_TRUE(
      absl::IsFailedPrecondition(status_of(At("copy", "example.org/log"))));
  EXPECT_FALSE(fs::exists(root_ / "copy.key"));
  // The former key itself, without an origin that says so.
  fs::copy(root_ / "data.key", root_ / "copy.key");
  EXPECT_TRUE(absl::IsFailedPrecondition(status_of(At("copy"))));
  fs::remove(root_ / "copy.key");

  Open(At("copy", "example.org/copy"));
  PostOne("new", OilIn("mill", "1"));
  const auto made = ledger_->checkpoints().Make();
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->tree.origin, "example.org/copy");
  ledger_.reset();
  EXPECT_EQ(WrongIn("copy"), "");
}

TEST_F(BackupTest, ARestoreUpToAPositionHasNothingBeyondIt) {
  Open(At("data"));
  AddWorld({"mill"});
  Stock(0, 600);
  const Backup backup = Make();
  for (const Position position : {0, 4, 255, 256, 511, 599}) {
    const std::string name = "at " + std::to_string(position);
    const auto restored = Restore(name, {.known_at = position});
    ASSERT_TRUE(restored.ok()) << restored.status();
    EXPECT_EQ(restored->head.size, position + 1);
    EXPECT_EQ(WrongIn(name), "") << name;
  }
  EXPECT_TRUE(absl::IsOutOfRange(
      Restore("beyond", {.known_at = backup.head.size}).status()));
  // What is left out was signed for, so this cannot be the same log.
  EXPECT_TRUE(absl::IsFailedPrecondition(
      Restore("same", {.known_at = 100, .published = backup.checkpoint})
          .status()));
}

TEST_F(BackupTest, ARestoredLedgerGoesOn) {
  Open(At("data"));
  AddWorld({"mill"});
  Stock(0, 300);
  Make();
  ASSERT_TRUE(Restore("copy", {.known_at = 299}).ok());
  const std::string before = OilAt("mill");

  Open(At("copy"));
  EXPECT_EQ(ledger_->standing().as_of, 299);
  EXPECT_NE(OilAt("mill"), before);
  Stock(1'000, 1'005);
  EXPECT_EQ(ledger_->standing().as_of, 304);
  ledger_.reset();
  EXPECT_EQ(WrongIn("copy"), "");
}

TEST_F(BackupTest, AFolderMayBeNamedByARelativePath) {
  Open(At("data"));
  AddWorld({"mill"});
  Make();
  const std::string folder = fs::relative(Backups());
  ASSERT_FALSE(folder.starts_with("/"));
  const auto report = VerifyBackup(folder, 0, Now());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->findings.empty());
}

TEST_F(BackupTest, OldOnesAreRemovedAndTheOthersStayWhole) {
  Open(At("data"));
  AddWorld({"mill"});
  for (int i = 0; i < 4; ++i) {
    Stock(100 * i, 100 * (i + 1));
    Make();
  }
  // One that was never finished.
  fs::remove(fs::path(Backups()) / "log/seal/1");
  const auto purged = PurgeBackups(Backups(), 2);
  ASSERT_TRUE(purged.ok()) << purged.status();
  EXPECT_EQ(*purged, (std::vector<uint32_t>{1, 2}));
  const auto list = ListBackups(Backups());
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->backups.size(), 2U);
  EXPECT_TRUE(list->damaged.empty());
  EXPECT_EQ(Wrong(3), "");
  EXPECT_EQ(Wrong(4), "");
  EXPECT_TRUE(absl::IsNotFound(VerifyBackup(Backups(), 2, {}).status()));

  EXPECT_TRUE(PurgeBackups(Backups(), 2)->empty());
  EXPECT_EQ(Make().id, 5U);
  EXPECT_EQ(Wrong(0), "");
  EXPECT_TRUE(absl::IsNotFound(PurgeBackups(root_ / "none", 1).status()));
}

TEST_F(BackupTest, NoneIsRemovedWhereTheNewestIsDamaged) {
  Open(At("data"));
  AddWorld({"mill"});
  Make();
  Stock(0, 100);
  Make();
  for (const auto& file : fs::recursive_directory_iterator(fs::path(Backups()) /
                                                           "log/private/2")) {
    if (!file.path().filename().string().starts_with("MANIFEST")) continue;
    std::fstream(file.path(), std::ios::in | std::ios::out | std::ios::binary)
        << "damaged";
  }
  EXPECT_TRUE(absl::IsDataLoss(PurgeBackups(Backups(), 1).status()));
  EXPECT_EQ(Wrong(1), "");
}

TEST_F(BackupTest, AFolderThatIsNotEmptyIsLeftAlone) {
  Open(At("data"));
  AddWorld({"mill"});
  Make();
  const auto refused = Restore("data");
  EXPECT_TRUE(absl::IsFailedPrecondition(refused.status())) << refused.status();
  EXPECT_TRUE(absl::IsNotFound(ListBackups(root_ / "none").status()));
  EXPECT_TRUE(absl::IsNotFound(VerifyBackup(Backups(), 7, {}).status()));
}

}  // namespace
}  // namespace tally
