#include "engine/ledger/group_writer.h"

#include "engine/base/strings.h"
#include "fmt/format.h"

namespace tally {

bool GroupWriter::Write(CommitGroup* group) {
  absl::Status failed = failure();
  if (failed.ok()) {
    const int64_t started = clock_->Now().micros();
    const absl::Status appended = Append(*group);
    if (appended.ok()) {
      // Before its callers hear of it, for they may ask for the figures.
      Count(*group, clock_->Now().micros() - started);
      const absl::Status published = publisher_->Publish(group);
      if (!published.ok()) Latch(published);
      return published.ok();
    }
    Latch(appended);
    failed = failure();
  }
  Publisher::Fail(failed, group);
  return false;
}

absl::Status GroupWriter::Append(const CommitGroup& group) {
  if (group.records.empty()) return absl::OkStatus();
  return storage_->journal->Append(group.records);
}

void GroupWriter::Latch(const absl::Status& cause) {
  MutexLock lock(&mutex_);
  if (!failure_.ok()) return;
  failure_ = absl::UnavailableError(
      fmt::format("ledger stopped: {}", MessageOf(cause)));
}

void GroupWriter::Count(const CommitGroup& group, int64_t append_micros) {
  int64_t refused = 0;
  int64_t repeated = 0;
  for (const BatchResult& result : group.results) {
    for (const Outcome& outcome : result.outcomes) {
      refused += outcome.accepted() ? 0 : 1;
      repeated += outcome.repeated ? 1 : 0;
    }
  }
  MutexLock lock(&mutex_);
  figures_.refused += refused;
  figures_.repeated += repeated;
  figures_.accepted += group.records.count();
  if (group.records.empty()) return;
  ++figures_.groups;
  figures_.bytes += group.records.bytes();
  figures_.append_micros += append_micros;
}

absl::Status GroupWriter::failure() const {
  MutexLock lock(&mutex_);
  return failure_;
}

LedgerFigures GroupWriter::figures() const {
  MutexLock lock(&mutex_);
  return figures_;
}

}  // namespace tally
