#include "engine/ledger/snapshot_check.h"

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/rules/rules_version.h"
#include "fmt/format.h"

namespace tally {

absl::Status SnapshotCheck::Open(bool may_go_on) {
  ASSIGN_OR_RETURN(ends_, folder_->List());
  const Position log_end = journal_->head().size;
  while (!ends_.empty() && ends_.front() > log_end) {
    if (!may_go_on) {
      report_(fmt::format("{} goes beyond the end of the log at {}",
                          folder_->PathOf(ends_.front()), log_end));
    }
    ends_.erase(ends_.begin());
  }
  return absl::OkStatus();
}

void SnapshotCheck::At(const Replay& replay, const State& state) {
  if (ends_.empty() || ends_.back() != replay.next()) return;
  ends_.pop_back();
  const absl::Status checked = Check(replay, state);
  // One of another version says nothing to this one, and one that is gone was
  // removed by a server that goes on.
  if (absl::IsFailedPrecondition(checked) || absl::IsNotFound(checked)) return;
  ++checked_;
  if (!checked.ok()) report_(std::string(MessageOf(checked)));
}

absl::Status SnapshotCheck::Check(const Replay& replay,
                                  const State& state) const {
  const Position end = replay.next();
  ASSIGN_OR_RETURN(const SnapshotHead head, folder_->ReadHead(end));
  if (head.rules_version != kRulesVersion) {
    return absl::FailedPreconditionError("it follows from other rules");
  }
  const SnapshotHead expected{.rules_version = kRulesVersion,
                              .ledger = journal_->ledger(),
                              .end = end,
                              .last_recorded_at = replay.last_recorded_at(),
                              .latest_date = replay.latest_date(),
                              .root = replay.root()};
  if (head != expected) {
    return absl::DataLossError(fmt::format(
        "{} was not made of the events of this log", folder_->PathOf(end)));
  }
  return folder_->Compare(end, state);
}

}  // namespace tally
