#include "tests/faults/fault_trial.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/index/index.h"
#include "engine/ledger/index_tables.h"
#include "engine/ledger/storage.h"
#include "engine/log/rocks_journal.h"
#include "fmt/format.h"
#include "rocksdb/env.h"
#include "tests/faults/fault_file_system.h"

namespace tally::faults {
namespace {

constexpr int64_t kCacheBytes = 1 << 20;
// Few, so that the story's many receipts fill some runs of the tables.
constexpr int64_t kRunRows = 100;
// So few that some are removed.
constexpr int64_t kSnapshotsKept = 1;
// The step from which on closing makes a snapshot: before it, what came after
// the last one is replayed.
constexpr size_t kFirstAtClose = 4;

class Trial {
 public:
  Trial(const std::string& folder, const Expected& expected)
      : directory_(folder + "/trial"),
        step_path_(folder + "/step"),
        expected_(expected),
        files_(std::make_shared<FaultFileSystem>()),
        env_(rocksdb::NewCompositeEnv(files_)) {}
  ~Trial() {
    ledger_.reset();
    std::filesystem::remove_all(directory_);
  }

  FaultFileSystem* files() { return files_.get(); }

  TrialReport Run() {
    std::filesystem::remove_all(directory_);
    NoteStep();
    if (!Reopen()) return Report();
    const std::vector<StoryStep>& story = TheStory();
    for (step_ = 0; step_ < story.size(); ++step_) {
      NoteStep();
      if (story[step_].restart && !Reopen()) return Report();
      if (story[step_].flush) Flush();
      if (!RunStep(story[step_])) return Report();
    }
    if (Reopen()) Compare("at the end", {step_});
    return Report();
  }

  // Of a process that ended in the middle of it.
  TrialReport Resume() {
    std::ifstream(step_path_) >> step_;
    reaction_ = Reaction::kAborted;
    const size_t last = TheStory().size();
    if (Reopen()) {
      Compare("after an abort", {step_, std::min(step_ + 1, last)});
    }
    return Report();
  }

 private:
  // Before it is told, so that it is known what may be there after it.
  void NoteStep() const { std::ofstream(step_path_) << step_; }

  // Opens the ledger; where the fault keeps it from it, once more after.
  bool Reopen() {
    absl::Status opened = Open();
    if (opened.ok()) return true;
    if (!files_->happened()) return Wrong("is not opened", opened);
    React(Reaction::kNotOpened, opened);
    files_->Recover();
    opened = Open();
    return opened.ok() || Wrong("is not opened after the fault", opened);
  }

  absl::Status Open() {
    ledger_.reset();
    journal_ = nullptr;
    index_ = nullptr;
    if (files_->power_is_off()) files_->Recover();
    ASSIGN_OR_RETURN(auto storage, OpenTheStorage());
    ASSIGN_OR_RETURN(
        ledger_,
        Ledger::OpenOn(std::move(storage),
                       {.clock = &clock_,
                        .threading = Threading::kCallerRuns,
                        .snapshots = {.keep = kSnapshotsKept,
                                      .at_close = step_ >= kFirstAtClose}}));
    return absl::OkStatus();
  }

  // As OpenStorage() does, with a hold on what it opens.
  absl::StatusOr<std::unique_ptr<Storage>> OpenTheStorage() {
    std::filesystem::create_directories(directory_);
    ASSIGN_OR_RETURN(std::unique_ptr<RocksJournal> journal,
                     RocksJournal::Open(directory_ + "/log",
                                        {.mode = OpenMode::kCreateIfMissing,
                                         .new_ledger = UuidOfName("faults"),
                                         .env = env_.get(),
                                         .cache_bytes = kCacheBytes}));
    ASSIGN_OR_RETURN(
        std::unique_ptr<Index> index,
        Index::OpenOrRemake(directory_ + "/index", {.ledger = journal->ledger(),
                                                    .env = env_.get(),
                                                    .cache_bytes = kCacheBytes,
                                                    .run_rows = kRunRows}));
    journal_ = journal.get();
    index_ = index.get();
    auto storage = std::make_unique<Storage>();
    storage->journal = std::move(journal);
    storage->tables = std::make_unique<IndexTables>(std::move(index));
    storage->snapshots =
        std::make_unique<SnapshotFolder>(directory_ + "/snapshots", env_.get());
    return storage;
  }

  // An error is not ours to see: what was to be written is written when the
  // ledger is opened again, from the log.
  void Flush() {
    const Database& log = *journal_->database();
    log.rocks()->Flush({}, log.family(0)).PermitUncheckedError();
    index_->Flush().IgnoreError();
    ledger_->MakeSnapshot().IgnoreError();
  }

  // A fault strikes once, so a step is told at most twice; a ledger that
  // stopped after it had acknowledged the step before makes that three times.
  bool RunStep(const StoryStep& step) {
    constexpr int kTimesMax = 3;
    for (int time = 0; time < kTimesMax; ++time) {
      const std::vector<BatchResult> results =
          Tell(step, &clock_, ledger_.get());
      const absl::Status failed = FirstError(results);
      if (failed.ok()) return Acknowledge(step, results);
      if (!files_->happened()) return Wrong("fails without a fault", failed);
      if (!(ledger_->health().writes.ok() ? GoOn(failed) : Restart(failed))) {
        return false;
      }
    }
    return Wrong("fails again and again", absl::OkStatus());
  }

  bool Acknowledge(const StoryStep& step,
                   const std::vector<BatchResult>& results) {
    for (const BatchResult& result : results) {
      for (const Outcome& outcome : result.outcomes) {
        if (outcome.accepted() && outcome.position >= 0) ++acknowledged_;
      }
    }
    const std::string got = Describe(results, /*as_first=*/true);
    if (got == expected_.results[step_]) return true;
    wrong_ = fmt::format("step \"{}\" was answered\n{}instead of\n{}",
                         step.name, got, expected_.results[step_]);
    return false;
  }

  // The ledger takes events still, so nothing of the step is there.
  bool GoOn(const absl::Status& failed) {
    React(Reaction::kNotTaken, failed);
    return Compare("after a batch was not taken", {step_});
  }

  // The ledger has stopped. It shows what it had acknowledged, and nothing
  // else, until it is opened again.
  bool Restart(const absl::Status& failed) {
    React(Reaction::kStopped, failed);
    if (!absl::IsUnavailable(failed)) return Wrong("has stopped", failed);
    if (!files_->power_is_off() && !Compare("when stopped", {step_})) {
      return false;
    }
    if (!Reopen()) return false;
    return Compare("after a restart", {step_, step_ + 1});
  }

  // Whether the ledger is as after one of so many steps.
  bool Compare(std::string_view when, std::initializer_list<size_t> steps) {
    const bool before = files_->happened();
    std::string portrait = Portray(*ledger_);
    // What was asked while the fault struck may have been answered with it.
    if (!before && files_->happened()) {
      if (files_->power_is_off() && !Reopen()) return false;
      portrait = Portray(*ledger_);
    }
    for (const size_t steps_done : steps) {
      if (portrait == expected_.portraits[steps_done]) return true;
    }
    wrong_ =
        fmt::format("{}, in step {}, the ledger is\n{}instead of\n{}", when,
                    step_, portrait, expected_.portraits[*steps.begin()]);
    return false;
  }

  static absl::Status FirstError(const std::vector<BatchResult>& results) {
    for (const BatchResult& result : results) {
      if (!result.status.ok()) return result.status;
    }
    return absl::OkStatus();
  }

  void React(Reaction reaction, const absl::Status& status) {
    reaction_ = reaction;
    message_ = status.ToString();
  }

  bool Wrong(std::string_view what, const absl::Status& status) {
    wrong_ = fmt::format("in step {}, the ledger {}: {}", step_, what,
                         status.ToString());
    return false;
  }

  TrialReport Report() {
    TrialReport report{.reaction = reaction_,
                       .file = std::filesystem::path(files_->where())
                                   .lexically_relative(directory_),
                       .message = message_,
                       .wrong = wrong_,
                       .acknowledged = acknowledged_};
    if (files_->happened() && reaction_ == Reaction::kNotReached) {
      report.reaction = Reaction::kNone;
    }
    return report;
  }

  const std::string directory_;
  const std::string step_path_;
  const Expected& expected_;
  const std::shared_ptr<FaultFileSystem> files_;
  const std::unique_ptr<rocksdb::Env> env_;
  ManualClock clock_;
  std::unique_ptr<Ledger> ledger_;
  RocksJournal* journal_ = nullptr;  // the ledger's
  Index* index_ = nullptr;           // the ledger's
  size_t step_ = 0;
  Reaction reaction_ = Reaction::kNotReached;
  std::string message_;
  std::string wrong_;
  int64_t acknowledged_ = 0;
};

}  // namespace

TrialReport RunTrial(const std::string& folder, const FaultPlan& plan,
                     const Expected& expected) {
  Trial trial(folder, expected);
  trial.files()->Arm(plan.operation, plan.skip, plan.fault);
  return trial.Run();
}

TrialReport ResumeTrial(const std::string& folder, const Expected& expected) {
  return Trial(folder, expected).Resume();
}

OperationCounts CountOperations(const std::string& folder) {
  const Expected expected = TellInMemory();
  Trial trial(folder, expected);
  const TrialReport report = trial.Run();
  if (!report.wrong.empty()) fmt::print("{}\n", report.wrong);
  TALLY_CHECK(report.wrong.empty());
  return trial.files()->counts();
}

std::vector<FaultPlan> AllPlans(const OperationCounts& counts) {
  std::vector<FaultPlan> plans;
  for (int i = 0; i < kDiskOperationCount; ++i) {
    const auto operation = static_cast<DiskOperation>(i);
    for (int64_t skip = 0; skip < counts[static_cast<size_t>(i)]; ++skip) {
      for (const Fault fault : FaultsOf(operation)) {
        plans.push_back({operation, skip, fault});
      }
    }
  }
  return plans;
}

}  // namespace tally::faults
