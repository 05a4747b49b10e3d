#include "engine/log/memory_journal.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/log/append_plan.h"
#include "fmt/format.h"

namespace tally {

class MemoryJournal::Tiles final : public TileReader {
 public:
  absl::StatusOr<std::string> ReadTile(TileId tile) const override {
    MutexLock lock(&mutex_);
    const auto found = tiles_.find({tile.level, tile.index});
    if (found == tiles_.end()) return absl::DataLossError("no such tile");
    return found->second;
  }

  void Put(const TreeGrowth::FullTile& tile) {
    MutexLock lock(&mutex_);
    tiles_[{tile.id.level, tile.id.index}] = tile.bytes;
  }

 private:
  mutable Mutex mutex_;
  absl::flat_hash_map<std::pair<int, int64_t>, std::string> tiles_
      TALLY_GUARDED_BY(mutex_);
};

struct MemoryJournal::StoredGroup {
  GroupHeader header;
  std::vector<std::string> records;
};

class MemoryJournal::Reader final : public JournalReader {
 public:
  // `groups` from the one that holds `from` on.
  Reader(std::vector<std::shared_ptr<const StoredGroup>> groups, Position from)
      : groups_(std::move(groups)), next_(from) {}

  absl::StatusOr<bool> Next() override {
    if (at_ < groups_.size() && next_ == groups_[at_]->header.end()) ++at_;
    if (at_ == groups_.size()) return false;
    position_ = next_++;
    return true;
  }
  Position position() const override { return position_; }
  std::string_view record() const override {
    const Position first = groups_[at_]->header.first;
    return groups_[at_]->records[static_cast<size_t>(position_ - first)];
  }
  const GroupHeader& group() const override { return groups_[at_]->header; }

 private:
  const std::vector<std::shared_ptr<const StoredGroup>> groups_;
  size_t at_ = 0;
  Position next_;
  Position position_ = -1;
};

MemoryJournal::MemoryJournal(Uuid ledger, uint32_t rules_version)
    : ledger_(ledger),
      rules_version_(rules_version),
      tiles_(std::make_unique<Tiles>()),
      tree_(std::make_unique<TileTree>(tiles_.get())) {}

MemoryJournal::~MemoryJournal() = default;

absl::Status MemoryJournal::Append(const Group& group) {
  RETURN_IF_ERROR(failure());
  RETURN_IF_ERROR(CheckExpected(group, head().size));
  if (group.empty()) return absl::OkStatus();
  AppendPlan plan = PlanAppend(*tree_, group, writer_epoch(), rules_version_);
  auto stored = std::make_shared<StoredGroup>();
  stored->header = plan.header;
  for (int64_t i = 0; i < group.count(); ++i) {
    stored->records.emplace_back(group.record(i));
  }
  {
    MutexLock lock(&mutex_);
    if (!next_error_.ok()) {
      failure_ = absl::UnavailableError(fmt::format(
          "the log takes no more appends: {}", MessageOf(next_error_)));
      return next_error_;
    }
    groups_.push_back(std::move(stored));
  }
  for (const TreeGrowth::FullTile& tile : plan.growth.full) tiles_->Put(tile);
  tree_->Adopt(std::move(plan.growth));
  return absl::OkStatus();
}

TreeHead MemoryJournal::head() const { return tree_->head(); }

absl::Status MemoryJournal::failure() const {
  MutexLock lock(&mutex_);
  return failure_;
}

absl::StatusOr<std::unique_ptr<JournalReader>> MemoryJournal::Read(
    Position from) const {
  const Position end = head().size;
  RETURN_IF_ERROR(CheckPosition(from, end, /*or_end=*/true));
  std::vector<std::shared_ptr<const StoredGroup>> groups;
  MutexLock lock(&mutex_);
  for (size_t i = FindGroup(from);
       i < groups_.size() && groups_[i]->header.end() <= end; ++i) {
    groups.push_back(groups_[i]);
  }
  return std::make_unique<Reader>(std::move(groups), from);
}

absl::StatusOr<std::string> MemoryJournal::ReadRecord(Position position) const {
  RETURN_IF_ERROR(CheckPosition(position, head().size, /*or_end=*/false));
  MutexLock lock(&mutex_);
  const StoredGroup& group = *groups_[FindGroup(position)];
  return group.records[static_cast<size_t>(position - group.header.first)];
}

size_t MemoryJournal::FindGroup(Position position) const {
  const auto group = std::upper_bound(
      groups_.begin(), groups_.end(), position,
      [](Position wanted, const auto& g) { return wanted < g->header.end(); });
  return static_cast<size_t>(group - groups_.begin());
}

const TileTree& MemoryJournal::tree() const { return *tree_; }

void MemoryJournal::FailNextAppend(absl::Status error) {
  TALLY_CHECK(!error.ok());
  MutexLock lock(&mutex_);
  next_error_ = std::move(error);
}

}  // namespace tally
