// A ledger whose disk fails stops taking events, says why, answers questions
// still, and comes back with all that it had acknowledged when it is opened
// again. A directory that cannot be used is named, and left as it is.

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "engine/base/strings.h"
#include "engine/ledger/memory_tables.h"
#include "engine/log/memory_journal.h"
#include "gmock/gmock.h"
#include "rocksdb/env.h"
#include "tests/engine/ledger/ledger_fixture.h"
#include "tests/engine/storage/temporary_directory.h"
#include "tests/faults/fault_file_system.h"

namespace tally::faults {
namespace {

using ::testing::HasSubstr;

class FailStopTest : public LedgerFixture {
 protected:
  FailStopTest()
      : files_(std::make_shared<FaultFileSystem>()),
        env_(rocksdb::NewCompositeEnv(files_)) {}
  ~FailStopTest() override { ledger_.reset(); }

  absl::Status TryOpen() {
    ledger_.reset();
    auto storage =
        OpenStorage(directory_.path(), UuidOfName("faults"), env_.get());
    if (!storage.ok()) return storage.status();
    auto ledger = Ledger::OpenOn(std::make_unique<Storage>(*std::move(storage)),
                                 {.clock = &clock_});
    if (!ledger.ok()) return ledger.status();
    ledger_ = *std::move(ledger);
    return absl::OkStatus();
  }
  void MustOpen() {
    const absl::Status opened = TryOpen();
    ASSERT_TRUE(opened.ok()) << opened;
  }

  absl::Status PostReceipt(std::string_view name) {
    BatchOf batch;
    batch.Add(name, OilIn("mill", "1"));
    return Post(batch).status;
  }

  // With 100 in the mill the disk fails at the next operation of the kind.
  void ExpectStopped(DiskOperation operation, Fault fault,
                     std::string_view reason) {
    MustOpen();
    AddWorld({"mill"});
    PostOne("r1", OilIn("mill", "100"));
    files_->Arm(operation, 0, fault);

    const absl::Status failed = PostReceipt("r2");

    EXPECT_TRUE(absl::IsUnavailable(failed)) << failed;
    EXPECT_THAT(std::string(MessageOf(failed)),
                HasSubstr("ledger stopped: append at position"));
    EXPECT_THAT(std::string(MessageOf(failed)), HasSubstr(std::string(reason)));
    EXPECT_EQ(ledger_->health().writes, failed);
    // The disk is well again; the ledger takes nothing all the same.
    EXPECT_EQ(PostReceipt("r3"), failed);
    EXPECT_EQ(OilAt("mill"), "100");

    MustOpen();
    EXPECT_TRUE(ledger_->health().writes.ok());
    EXPECT_TRUE(PostReceipt("r2").ok());
    EXPECT_TRUE(PostOne("r1", OilIn("mill", "100")).repeated);
    EXPECT_EQ(OilAt("mill"), "101");
  }

  // The files and what is in them.
  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(directory_.path())) {
      if (!file.is_regular_file()) continue;
      std::ostringstream bytes;
      bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
      files[file.path()] = bytes.str();
    }
    return files;
  }

  TemporaryDirectory directory_;
  std::shared_ptr<FaultFileSystem> files_;
  std::unique_ptr<rocksdb::Env> env_;
};

TEST_F(FailStopTest, AFailedAppendStopsIt) {
  ExpectStopped(DiskOperation::kAppend, Fault::kFail, "injected");
}

TEST_F(FailStopTest, ATornAppendStopsIt) {
  ExpectStopped(DiskOperation::kAppend, Fault::kTear, "injected");
}

TEST_F(FailStopTest, AFailedSyncStopsIt) {
  ExpectStopped(DiskOperation::kSync, Fault::kFail, "injected");
}

TEST_F(FailStopTest, AFullDiskStopsItAndIsNamed) {
  ExpectStopped(DiskOperation::kAppend, Fault::kNoSpace, "the disk is full");
}

// The group is durable and answered; nothing may come after it.
TEST_F(FailStopTest, AMarkThatCannotBeWrittenStopsWhatComesAfter) {
  MustOpen();
  AddWorld({"mill"});
  files_->Arm(DiskOperation::kWrite, 0, Fault::kFail);
  EXPECT_TRUE(PostReceipt("r1").ok());
  const absl::Status after = PostReceipt("r2");
  EXPECT_TRUE(absl::IsUnavailable(after)) << after;
  EXPECT_THAT(std::string(MessageOf(after)),
              HasSubstr("what was acknowledged"));
  EXPECT_EQ(OilAt("mill"), "1");
  MustOpen();
  EXPECT_EQ(OilAt("mill"), "1");
}

TEST_F(FailStopTest, ADiskThatBecomesReadOnlyStopsIt) {
  MustOpen();
  AddWorld({"mill"});
  files_->MakeReadOnly();
  const absl::Status failed = PostReceipt("r1");
  EXPECT_TRUE(absl::IsUnavailable(failed)) << failed;
  EXPECT_THAT(std::string(MessageOf(failed)),
              HasSubstr("Read-only file system"));
  EXPECT_EQ(OilAt("mill"), "0");
}

TEST_F(FailStopTest, AReadOnlyDiskIsNotOpenedAndNotChanged) {
  MustOpen();
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  ledger_.reset();
  const auto before = Files();
  files_->MakeReadOnly();

  const absl::Status opened = TryOpen();

  EXPECT_TRUE(absl::IsPermissionDenied(opened)) << opened;
  EXPECT_THAT(std::string(MessageOf(opened)),
              HasSubstr("open " + (directory_ / "log")));
  EXPECT_THAT(std::string(MessageOf(opened)),
              HasSubstr("Read-only file system"));
  EXPECT_EQ(Files(), before);
  files_->Recover();
  MustOpen();
  EXPECT_EQ(OilAt("mill"), "100");
}

TEST_F(FailStopTest, AFullDiskIsNotOpenedAndKeepsWhatItHas) {
  MustOpen();
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  ledger_.reset();
  files_->Arm(DiskOperation::kAppend, 0, Fault::kNoSpace);
  const absl::Status opened = TryOpen();
  EXPECT_TRUE(absl::IsResourceExhausted(opened)) << opened;
  EXPECT_THAT(std::string(MessageOf(opened)), HasSubstr("the disk is full"));
  MustOpen();
  EXPECT_EQ(OilAt("mill"), "100");
}

TEST_F(FailStopTest, ASecondOneIsRefusedAndTheFirstGoesOn) {
  MustOpen();
  AddWorld({"mill"});
  const auto second = OpenStorage(directory_.path(), UuidOfName("faults"));
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(MessageOf(second.status())),
              HasSubstr("another process has it open"));
  EXPECT_TRUE(PostReceipt("r1").ok());
  MustOpen();
  EXPECT_EQ(OilAt("mill"), "1");
}

// In a process of its own that may not do what the superuser may: what it
// gets when it opens the directory.
std::string OpenWithoutPrivileges(const std::string& directory) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65'534;
    std::string text = "cannot become another user";
    if (geteuid() != 0 || (setgid(kNobody) == 0 && setuid(kNobody) == 0)) {
      text = OpenStorage(directory, UuidOfName("faults")).status().ToString();
    }
    const ssize_t ignored = write(ends[1], text.data(), text.size());
    _exit(ignored < 0 ? 1 : 0);
  }
  close(ends[1]);
  std::string text;
  char bytes[512];
  ssize_t count = 0;
  while ((count = read(ends[0], bytes, sizeof(bytes))) > 0) {
    text.append(bytes, static_cast<size_t>(count));
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return text;
}

TEST_F(FailStopTest, WrongPermissionsAreNamedAndNothingIsChanged) {
  MustOpen();
  AddWorld({"mill"});
  ledger_.reset();
  const auto before = Files();
  using std::filesystem::perms;
  // May be looked at, and not be written.
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(directory_.path())) {
    std::filesystem::permissions(
        entry.path(), entry.is_directory() ? perms(0555) : perms(0444));
  }
  std::filesystem::permissions(directory_.path(), perms(0555));

  const std::string said = OpenWithoutPrivileges(directory_.path());

  EXPECT_THAT(said,
              HasSubstr("PERMISSION_DENIED: open " + (directory_ / "log")));
  EXPECT_THAT(said, HasSubstr("Permission denied"));
  EXPECT_EQ(Files(), before);

  // May not be looked at either.
  std::filesystem::permissions(directory_.path(), perms(0700));
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(directory_.path())) {
    std::filesystem::permissions(
        entry.path(), entry.is_directory() ? perms(0700) : perms(0600));
  }
  if (geteuid() == 0) {
    EXPECT_THAT(OpenWithoutPrivileges(directory_.path()),
                HasSubstr("PERMISSION_DENIED: "));
  }
  MustOpen();
}

// Tables whose writes fail: what follows from the log, not the log itself.
class BrokenTables final : public Tables {
 public:
  absl::Status Apply(const IndexBatch& batch) override {
    if (broken) return absl::UnavailableError("the tables are broken");
    return tables_.Apply(batch);
  }
  absl::Status AddRefusals(std::span<const RefusalRow> refusals) override {
    return tables_.AddRefusals(refusals);
  }
  absl::Status Clear() override { return tables_.Clear(); }
  Position end() const override { return tables_.end(); }
  absl::StatusOr<std::vector<std::optional<EventIdRow>>> FindEvents(
      std::span<const Uuid> ids) const override {
    return tables_.FindEvents(ids);
  }
  absl::StatusOr<std::optional<std::string>> FindEffects(
      Position position) const override {
    return tables_.FindEffects(position);
  }
  absl::StatusOr<Quantity> BalanceAt(AccountIndex account, Date date,
                                     Position known_end) const override {
    return tables_.BalanceAt(account, date, known_end);
  }
  absl::StatusOr<StatementPage> ReadStatement(
      const StatementQuery& query) const override {
    return tables_.ReadStatement(query);
  }
  absl::StatusOr<RefusalPage> ListRefusals(
      const RefusalQuery& query) const override {
    return tables_.ListRefusals(query);
  }

  bool broken = false;

 private:
  MemoryTables tables_;
};

TEST_F(FailStopTest, ReadersNeverSeeWhatTheTablesDoNotHave) {
  auto tables = std::make_unique<BrokenTables>();
  BrokenTables* const breaking = tables.get();
  OpenOn({.journal = std::make_unique<MemoryJournal>(),
          .tables = std::move(tables)},
         {.threading = Threading::kCallerRuns});
  AddWorld({"mill"});
  PostOne("r1", OilIn("mill", "100"));
  const Standing before = ledger_->standing();
  breaking->broken = true;

  const absl::Status failed = PostReceipt("r2");

  EXPECT_TRUE(absl::IsUnavailable(failed)) << failed;
  EXPECT_THAT(std::string(MessageOf(failed)),
              HasSubstr("in the log, but not to be read before a restart"));
  EXPECT_EQ(ledger_->standing(), before);
  EXPECT_EQ(OilAt("mill"), "100");
  EXPECT_THAT(std::string(MessageOf(PostReceipt("r3"))),
              HasSubstr("ledger stopped: the tables are broken"));
}

}  // namespace
}  // namespace tally::faults
