#include "engine/ledger/replay.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "engine/base/status_macros.h"
#include "engine/ledger/void_targets.h"
#include "engine/rules/decide.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Records that are decoded into one arena.
constexpr Position kArenaStride = 1 << 8;

}  // namespace

absl::Status DamagedLog(Position position, std::string_view what) {
  return absl::DataLossError(
      fmt::format("the log is damaged at position {}: {}", position, what));
}

void Replay::Start(const SnapshotStart& start) {
  next_ = start.next;
  last_recorded_at_ = start.last_recorded_at;
  latest_date_ = start.latest_date;
  tree_ = start.tree;
}

absl::Status Replay::Decode(std::string_view bytes) {
  if (arena_ == nullptr || next_ % kArenaStride == 0) {
    arena_ = std::make_unique<Arena>();
  }
  absl::StatusOr<Record> record = DecodeRecord(bytes, arena_.get());
  if (!record.ok()) return DamagedLog(next_, record.status().ToString());
  if (record->position != next_) {
    return DamagedLog(next_,
                      fmt::format("it says it is at {}", record->position));
  }
  if (record->recorded_at <= last_recorded_at_) {
    return DamagedLog(next_, "it was recorded before the one before it");
  }
  record_ = *std::move(record);
  leaf_ = LeafHash(bytes);
  return absl::OkStatus();
}

bool Replay::IsVoid() const {
  return std::holds_alternative<const Void*>(record_.event.body);
}

absl::Status Replay::Decide() {
  std::optional<VoidTarget> target;
  if (IsVoid()) {
    const Void& annul = *std::get<const Void*>(record_.event.body);
    ASSIGN_OR_RETURN(target, ReadVoidTarget(*tables_, annul.event, next_));
  }
  // Never strict: what a strict ledger accepted, any accepts the same way.
  const std::unique_ptr<Refusal> refusal =
      tally::Decide(*state_, record_.event,
                    {.position = record_.position,
                     .recorded_at = record_.recorded_at,
                     .void_target = target ? &*target : nullptr,
                     .words = record_.event_bytes},
                    &plan_);
  if (refusal != nullptr) {
    return DamagedLog(next_,
                      fmt::format("the rules refuse it: {}: {}",
                                  CodeName(refusal->code), refusal->message));
  }
  if (plan_.decision != record_.decision) {
    return DamagedLog(next_,
                      "the rules decide it in another way than they did");
  }
  return absl::OkStatus();
}

void Replay::Apply() {
  state_->Apply(plan_);
  tree_.Append(leaf_);
  last_recorded_at_ = record_.recorded_at;
  latest_date_ = std::max(latest_date_, record_.event.date());
  ++next_;
}

absl::Status Replay::CheckRoot(const Sha256Digest& root) const {
  if (tree_.Root() == root) return absl::OkStatus();
  return DamagedLog(next_ - 1,
                    "the tree of the records up to it has another root");
}

}  // namespace tally
