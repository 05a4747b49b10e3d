#include "engine/ledger/publisher.h"

#include <utility>

#include "engine/base/arena.h"
#include "engine/base/status_macros.h"
#include "engine/log/record_codec.h"
#include "fmt/format.h"

namespace tally {
namespace {

void Answer(CommitGroup* group, size_t place) {
  PreparedBatch& batch = *group->batches[place];
  if (batch.done) batch.done(std::move(group->results[place]));
}

}  // namespace

absl::Status Publisher::Publish(CommitGroup* group) {
  if (!group->records.empty()) {
    const absl::Status indexed = storage_->tables->Apply(group->rows);
    if (!indexed.ok()) {
      Fail(absl::UnavailableError(fmt::format(
               "in the log, but not to be read before a restart: {}",
               indexed.ToString())),
           group);
      return indexed;
    }
  }
  const absl::Status journaled = JournalRefusals(*group);
  follower_->Apply(group);
  FillRepeats(group);
  const Standing standing = follower_->standing();
  for (size_t i = 0; i < group->batches.size(); ++i) {
    group->results[i].standing = standing;
    Answer(group, i);
  }
  if (!group->records.empty()) subscriptions_->Announce(standing);
  return journaled;
}

absl::Status Publisher::JournalRefusals(const CommitGroup& group) {
  if (group.refusals.empty()) return absl::OkStatus();
  return storage_->tables->AddRefusals(group.refusals);
}

void Publisher::FillRepeats(CommitGroup* group) {
  for (const RepeatedOutcome& repeat : group->repeats) {
    BatchResult& result = group->results[repeat.batch];
    if (!result.status.ok()) continue;
    const absl::Status filled =
        FillRepeat(repeat.position, &result.outcomes[repeat.event]);
    // New events of the batch are in the log; who posts it again is answered
    // once the log can be read.
    if (!filled.ok()) {
      result.status = absl::UnavailableError(
          fmt::format("cannot read the answer at position {}: {}",
                      repeat.position, filled.ToString()));
      result.outcomes.clear();
    }
  }
}

absl::Status Publisher::FillRepeat(Position position, Outcome* outcome) {
  ASSIGN_OR_RETURN(const std::string bytes,
                   storage_->journal->ReadRecord(position));
  Arena arena;
  ASSIGN_OR_RETURN(Record record, DecodeRecord(bytes, &arena));
  outcome->recorded_at = record.recorded_at;
  outcome->decision = std::move(record.decision);
  return absl::OkStatus();
}

void Publisher::Fail(const absl::Status& why, CommitGroup* group) {
  for (size_t i = 0; i < group->batches.size(); ++i) {
    group->results[i] = BatchResult{.status = why};
    Answer(group, i);
  }
}

}  // namespace tally
