#include "tests/simulation/simulated_disk.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tally::simulation {
namespace {

absl::Status Dead() { return absl::UnavailableError("the process died"); }
absl::Status Broken() { return absl::UnavailableError("the disk is broken"); }

}  // namespace

class SimulatedDisk::Log final : public Journal {
 public:
  explicit Log(SimulatedDisk* disk) : disk_(disk) {}

  absl::Status Append(const Group& group) override {
    if (!failure_.ok()) return failure_;
    if (disk_->dead_) return Dead();
    switch (disk_->fate_) {
      case Fate::kFails:
        return failure_ = Broken();
      case Fate::kCrashBefore:
        disk_->Kill();
        return Dead();
      case Fate::kFailsWritten:
        disk_->journal_.Append(group).IgnoreError();
        return failure_ = Broken();
      case Fate::kCrashAfter:
        disk_->journal_.Append(group).IgnoreError();
        disk_->Kill();
        return Dead();
      case Fate::kWell:
      case Fate::kTablesFail:
      case Fate::kCrashAnswering:
        break;
    }
    if (std::exchange(disk_->lose_next_, false)) return absl::OkStatus();
    return disk_->journal_.Append(group);
  }
  TreeHead head() const override { return disk_->journal_.head(); }
  absl::Status failure() const override { return failure_; }
  absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const override {
    return disk_->journal_.Read(from);
  }
  absl::StatusOr<std::string> ReadRecord(Position position) const override {
    return disk_->journal_.ReadRecord(position);
  }
  const TileTree& tree() const override { return disk_->journal_.tree(); }
  Uuid ledger() const override { return disk_->journal_.ledger(); }
  uint64_t writer_epoch() const override {
    return disk_->journal_.writer_epoch();
  }

 private:
  SimulatedDisk* const disk_;
  absl::Status failure_;
};

class SimulatedDisk::Derived final : public Tables {
 public:
  explicit Derived(SimulatedDisk* disk) : disk_(disk) {}

  absl::Status Apply(const IndexBatch& batch) override {
    if (disk_->dead_) return Dead();
    if (disk_->fate_ == Fate::kTablesFail) return Broken();
    disk_->batches_.push_back(batch);
    return disk_->tables_->Apply(batch);
  }
  absl::Status AddRefusals(std::span<const RefusalRow> refusals) override {
    if (disk_->dead_) return Dead();
    return disk_->tables_->AddRefusals(refusals);
  }
  absl::Status Clear() override {
    disk_->batches_.clear();
    disk_->stored_ = 0;
    return disk_->tables_->Clear();
  }
  absl::Status Flush() override {
    if (disk_->dead_) return Dead();
    disk_->StoreBatches(disk_->batches_.size());
    return absl::OkStatus();
  }
  Position end() const override { return disk_->tables_->end(); }
  Position stored_end() const override { return disk_->stored_end(); }
  absl::StatusOr<std::vector<std::optional<EventIdRow>>> FindEvents(
      std::span<const Uuid> ids) const override {
    return disk_->tables_->FindEvents(ids);
  }
  absl::StatusOr<std::optional<std::string>> FindEffects(
      Position position) const override {
    return disk_->tables_->FindEffects(position);
  }
  absl::StatusOr<Quantity> BalanceAt(AccountIndex account, Date date,
                                     Position known_end) const override {
    return disk_->tables_->BalanceAt(account, date, known_end);
  }
  absl::StatusOr<StatementPage> ReadStatement(
      const StatementQuery& query) const override {
    return disk_->tables_->ReadStatement(query);
  }
  absl::StatusOr<RefusalPage> ListRefusals(
      const RefusalQuery& query) const override {
    return disk_->tables_->ListRefusals(query);
  }

 private:
  SimulatedDisk* const disk_;
};

SimulatedDisk::SimulatedDisk() : env_(rocksdb::NewCompositeEnv(files_)) {}

std::unique_ptr<Storage> SimulatedDisk::Open() {
  auto storage = std::make_unique<Storage>();
  storage->snapshots =
      std::make_unique<SnapshotFolder>(kSnapshotFolder, env_.get());
  storage->journal = std::make_unique<Log>(this);
  storage->tables = std::make_unique<Derived>(this);
  return storage;
}

void SimulatedDisk::StoreBatches(size_t count) {
  stored_ = std::clamp(count, stored_, batches_.size());
}

void SimulatedDisk::Restart(const Remains& remains) {
  dead_ = false;
  fate_ = Fate::kWell;
  files_->Restart(remains.power_cut, remains.keep_half);
  if (remains.no_tables) {
    lost_end_ = std::max(lost_end_, stored_end());
    stored_ = 0;
  }
  const size_t kept = remains.no_tables ? 0 : remains.batches;
  batches_.resize(std::clamp(kept, stored_, batches_.size()));
  tables_ = std::make_unique<MemoryTables>();
  for (const IndexBatch& batch : batches_) {
    tables_->Apply(batch).IgnoreError();
  }
}

}  // namespace tally::simulation
