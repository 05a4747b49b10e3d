#include "engine/ledger/recovery.h"

#include <memory>
#include <optional>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/ledger/effects_codec.h"
#include "engine/ledger/plan_rows.h"
#include "engine/ledger/void_targets.h"
#include "engine/rules/decide.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Records between two calls of `progress`.
constexpr Position kProgressStride = 1 << 16;
// Records whose rows are given to the derived tables at once.
constexpr Position kRowsStride = 1 << 12;
// Records that are decoded into one arena.
constexpr Position kArenaStride = 1 << 8;

absl::Status DamagedError(Position position, std::string_view what) {
  return absl::DataLossError(
      fmt::format("the log is damaged at position {}: {}", position, what));
}

}  // namespace

absl::StatusOr<Recovered> Recovery::Run(const Clock& clock,
                                        OnProgress* progress) {
  const int64_t started = clock.Now().micros();
  const TreeHead head = storage_->journal->head();
  const auto report = [&] {
    if (!*progress) return;
    (*progress)({.next = recovered_.next,
                 .end = head.size,
                 .elapsed_micros = clock.Now().micros() - started});
  };
  RETURN_IF_ERROR(PrepareTables(head.size));
  ASSIGN_OR_RETURN(std::unique_ptr<JournalReader> reader,
                   storage_->journal->Read(0));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more) break;
    if (reader->position() != recovered_.next) {
      return DamagedError(recovered_.next, "it is missing");
    }
    RETURN_IF_ERROR(Replay(reader->record()));
    if (recovered_.next == reader->group().end()) {
      RETURN_IF_ERROR(CheckRoot(reader->group().root));
    }
    if (recovered_.next % kProgressStride == 0) report();
  }
  if (recovered_.next != head.size) {
    return DamagedError(recovered_.next, "the log ends before its tree does");
  }
  RETURN_IF_ERROR(CheckRoot(head.root));
  RETURN_IF_ERROR(FlushRows());
  report();
  return recovered_;
}

absl::Status Recovery::Replay(std::string_view bytes) {
  const Position position = recovered_.next;
  if (position % kArenaStride == 0) arena_ = std::make_unique<Arena>();
  absl::StatusOr<Record> record = DecodeRecord(bytes, arena_.get());
  if (!record.ok()) {
    return DamagedError(position, record.status().ToString());
  }
  if (record->position != position) {
    return DamagedError(position,
                        fmt::format("it says it is at {}", record->position));
  }
  if (record->recorded_at <= recovered_.last_recorded_at) {
    return DamagedError(position, "it was recorded before the one before it");
  }
  RETURN_IF_ERROR(Decide(*record));
  const bool has_rows = position < storage_->tables->end();
  if (!has_rows) {
    FindEffects(*state_, record->event.kind(), record->event.date(), plan_,
                &effects_);
    EncodeEffects(&effects_, &effect_bytes_);
  }
  state_->Apply(plan_);
  follower_->Replay(plan_, record->event.date());
  tree_.Append(LeafHash(bytes));
  if (!has_rows) {
    AddRows({.id = record->event.id,
             .position = position,
             .fingerprint = ContentFingerprint(record->event_bytes)},
            plan_, effect_bytes_, &rows_);
  }
  recovered_.next = position + 1;
  recovered_.last_recorded_at = record->recorded_at;
  if (rows_.end - rows_.first >= kRowsStride) return FlushRows();
  return absl::OkStatus();
}

absl::Status Recovery::Decide(const Record& record) {
  std::optional<VoidTarget> target;
  if (const auto* annul = std::get_if<const Void*>(&record.event.body)) {
    // Its event's effects are in the tables once those have all that is here.
    RETURN_IF_ERROR(FlushRows());
    ASSIGN_OR_RETURN(target, ReadVoidTarget(*storage_->tables, (*annul)->event,
                                            record.position));
  }
  // Never strict: what a strict ledger accepted, any accepts the same way.
  const std::unique_ptr<Refusal> refusal =
      tally::Decide(*state_, record.event,
                    {.position = record.position,
                     .recorded_at = record.recorded_at,
                     .void_target = target ? &*target : nullptr,
                     .words = record.event_bytes},
                    &plan_);
  if (refusal != nullptr) {
    return DamagedError(record.position,
                        fmt::format("the rules refuse it: {}: {}",
                                    CodeName(refusal->code), refusal->message));
  }
  if (plan_.decision != record.decision) {
    return DamagedError(record.position,
                        "the rules decide it in another way than they did");
  }
  return absl::OkStatus();
}

absl::Status Recovery::CheckRoot(const Sha256Digest& root) const {
  if (tree_.Root() == root) return absl::OkStatus();
  return DamagedError(recovered_.next - 1,
                      "the tree of the records up to it has another root");
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
