#include "engine/ledger/recovery.h"

#include <array>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/effects_codec.h"
#include "engine/ledger/plan_rows.h"
#include "engine/ledger/snapshot_start.h"
#include "engine/log/journal.h"
#include "engine/rules/rules_version.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Records between two calls of `progress`.
constexpr Position kProgressStride = 1 << 16;
// Records whose rows are given to the derived tables at once.
constexpr Position kRowsStride = 1 << 12;

// Rules that are newer than these decide in ways that would look like damage.
absl::Status CheckRules(const GroupHeader& group) {
  if (group.rules_version <= kRulesVersion) return absl::OkStatus();
  return absl::FailedPreconditionError(fmt::format(
      "the log's events from position {} on were decided by version {} of the "
      "rules, newer than {}, the newest that this program has",
      group.first, group.rules_version, kRulesVersion));
}

}  // namespace

absl::StatusOr<Recovered> Recovery::Run(const Clock& clock,
                                        OnProgress* progress) {
  const int64_t started = clock.Now().micros();
  const TreeHead head = storage_->journal->head();
  const auto report = [&] {
    if (!*progress) return;
    (*progress)({.next = replay_.next(),
                 .end = head.size,
                 .elapsed_micros = clock.Now().micros() - started});
  };
  RETURN_IF_ERROR(PrepareTables(head.size));
  ASSIGN_OR_RETURN(const Position start, Start());
  ASSIGN_OR_RETURN(std::unique_ptr<JournalReader> reader,
                   storage_->journal->Read(start));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more) break;
    if (reader->position() != replay_.next()) {
      return DamagedLog(replay_.next(), "it is missing");
    }
    RETURN_IF_ERROR(CheckRules(reader->group()));
    RETURN_IF_ERROR(Next(reader->record()));
    if (replay_.next() == reader->group().end()) {
      RETURN_IF_ERROR(replay_.CheckRoot(reader->group().root));
    }
    if (replay_.next() % kProgressStride == 0) report();
  }
  if (replay_.next() != head.size) {
    return DamagedLog(replay_.next(), "the log ends before its tree does");
  }
  RETURN_IF_ERROR(replay_.CheckRoot(head.root));
  RETURN_IF_ERROR(FlushRows());
  report();
  facts_.replayed = head.size - start;
  facts_.elapsed_micros = clock.Now().micros() - started;
  return Recovered{.next = replay_.next(),
                   .last_recorded_at = replay_.last_recorded_at(),
                   .facts = std::move(facts_)};
}

// What the tables do not have, the replay makes: so it begins at the latest
// where they end.
absl::StatusOr<Position> Recovery::Start() {
  SnapshotStart start;
  RETURN_IF_ERROR(follower_->Restore([&](State* shown) -> absl::Status {
    const std::array<State*, 2> states = {state_, shown};
    ASSIGN_OR_RETURN(start, StartFromSnapshot(*storage_, rows_.first, states));
    return absl::OkStatus();
  }));
  follower_->StandAt(start.next, start.latest_date);
  replay_.Start(start);
  facts_.snapshot_end = start.next;
  facts_.left_out = std::move(start.left_out);
  return start.next;
}

absl::Status Recovery::Next(std::string_view bytes) {
  const Position position = replay_.next();
  RETURN_IF_ERROR(replay_.Decode(bytes));
  // Its event's effects are in the tables once those have all that is here.
  if (replay_.IsVoid()) RETURN_IF_ERROR(FlushRows());
  RETURN_IF_ERROR(replay_.Decide());
  const Record& record = replay_.record();
  const Plan& plan = replay_.plan();
  const bool has_rows = position < storage_->tables->end();
  if (!has_rows) {
    FindEffects(*state_, record.event.kind(), record.event.date(), plan,
                &effects_);
    EncodeEffects(&effects_, &effect_bytes_);
    AddRows({.id = record.event.id,
             .position = position,
             .fingerprint = ContentFingerprint(record.event_bytes)},
            plan, effect_bytes_, &rows_);
  }
  replay_.Apply();
  follower_->Replay(plan, record.event.date());
  if (on_event_) on_event_(replay_, *state_);
  if (rows_.end - rows_.first >= kRowsStride) return FlushRows();
  return absl::OkStatus();
}

// Tables that know more than the log are those of another history.
absl::Status Recovery::PrepareTables(Position log_end) {
  if (storage_->tables->end() > log_end) {
    RETURN_IF_ERROR(storage_->tables->Clear());
  }
  rows_.Clear(storage_->tables->end());
  return absl::OkStatus();
}

absl::Status Recovery::FlushRows() {
  if (rows_.end == rows_.first) return absl::OkStatus();
  RETURN_IF_ERROR(storage_->tables->Apply(rows_));
  rows_.Clear(rows_.end);
  return absl::OkStatus();
}

}  // namespace tally
