#include "engine/ledger/snapshot_start.h"

#include <thread>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/log/merkle_proof.h"
#include "engine/rules/rules_version.h"
#include "engine/snapshot/snapshot_folder.h"
#include "engine/snapshot/state_codec.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The subtrees that the first `size` leaves split into, from the log's tree.
absl::StatusOr<MerkleFrontier> FrontierAt(const NodeReader& nodes,
                                          int64_t size) {
  MerkleFrontier frontier;
  for (int height = kTreeHeightMax - 1; height >= 0; --height) {
    if ((size >> height & 1) == 0) continue;
    ASSIGN_OR_RETURN(
        const Sha256Digest hash,
        nodes.Read({.height = height, .index = frontier.size() >> height}));
    frontier.AddSubtree(height, hash);
  }
  return frontier;
}

class Search {
 public:
  Search(const Storage& storage, Position end_max,
         std::span<State* const> states)
      : storage_(storage), end_max_(end_max), states_(states) {}

  absl::StatusOr<SnapshotStart> Run() {
    if (storage_.snapshots == nullptr) return std::move(start_);
    const auto ends = storage_.snapshots->List();
    if (!ends.ok()) {
      LeaveOut(ends.status());
      return std::move(start_);
    }
    for (const Position end : *ends) {
      RETURN_IF_ERROR(CheckLogHas(end));
      const absl::StatusOr<SnapshotHead> head = ReadHead(end);
      if (!head.ok()) {
        LeaveOut(head.status());
        continue;
      }
      RETURN_IF_ERROR(CheckRoot(*head));
      const absl::Status read = ReadStates(end);
      if (read.ok()) {
        start_.next = end;
        start_.last_recorded_at = head->last_recorded_at;
        start_.latest_date = head->latest_date;
        return std::move(start_);
      }
      for (State* state : states_) Clear(state);
      LeaveOut(read);
    }
    start_.tree = MerkleFrontier();
    return std::move(start_);
  }

 private:
  void LeaveOut(const absl::Status& why) {
    start_.left_out.emplace_back(MessageOf(why));
  }

  // A snapshot is made of what is durable: a log that ends before it has lost
  // something since.
  absl::Status CheckLogHas(Position end) const {
    const Position log_end = storage_.journal->head().size;
    if (end <= log_end) return absl::OkStatus();
    return absl::DataLossError(fmt::format(
        "the log ends at position {}, but there is a snapshot of it up to {}: "
        "{}",
        log_end, end, storage_.snapshots->PathOf(end)));
  }

  absl::StatusOr<SnapshotHead> ReadHead(Position end) const {
    const std::string path = storage_.snapshots->PathOf(end);
    if (end > end_max_) {
      return absl::FailedPreconditionError(fmt::format(
          "{}: the derived tables reach position {} only", path, end_max_));
    }
    ASSIGN_OR_RETURN(const SnapshotHead head,
                     storage_.snapshots->ReadHead(end));
    if (head.rules_version != kRulesVersion) {
      return absl::FailedPreconditionError(
          fmt::format("{}: it follows from version {} of the rules, not {}",
                      path, head.rules_version, kRulesVersion));
    }
    if (head.ledger != storage_.journal->ledger()) {
      return absl::FailedPreconditionError(fmt::format(
          "{}: it belongs to ledger {}", path, head.ledger.ToString()));
    }
    return head;
  }

  absl::Status CheckRoot(const SnapshotHead& head) {
    ASSIGN_OR_RETURN(start_.tree,
                     FrontierAt(storage_.journal->tree(), head.end));
    if (start_.tree.Root() == head.root) return absl::OkStatus();
    return absl::DataLossError(
        fmt::format("{} was made of other records than the first {} of the log",
                    storage_.snapshots->PathOf(head.end), head.end));
  }

  // Each on a thread of its own: what takes time is making the tables.
  absl::Status ReadStates(Position end) const {
    std::vector<absl::Status> read(states_.size());
    std::vector<std::thread> threads;
    for (size_t i = 1; i < states_.size(); ++i) {
      threads.emplace_back([this, end, i, &read] {
        read[i] = storage_.snapshots->Read(end, states_[i]);
      });
    }
    read[0] = storage_.snapshots->Read(end, states_[0]);
    for (std::thread& thread : threads) thread.join();
    for (const absl::Status& status : read) RETURN_IF_ERROR(status);
    return absl::OkStatus();
  }

  const Storage& storage_;
  const Position end_max_;
  const std::span<State* const> states_;
  SnapshotStart start_;
};

}  // namespace

absl::StatusOr<SnapshotStart> StartFromSnapshot(
    const Storage& storage, Position end_max, std::span<State* const> states) {
  return Search(storage, end_max, states).Run();
}

}  // namespace tally
