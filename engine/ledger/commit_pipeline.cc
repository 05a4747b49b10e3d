#include "engine/ledger/commit_pipeline.h"

#include <condition_variable>
#include <optional>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/prepared_batch.h"
#include "engine/model/limits.h"
#include "fmt/format.h"

namespace tally {
namespace {

DeciderOptions DeciderOptionsOf(const LedgerOptions& options) {
  return {.strict = options.strict,
          .allow_recorded_at = options.allow_recorded_at,
          .group_events_max = options.group_events_max,
          .salt_seed = options.salt_seed};
}

absl::Status CheckBatch(const Batch& batch) {
  if (batch.events.empty()) {
    return absl::InvalidArgumentError("events: at least one is needed");
  }
  if (batch.events.size() > kEventsPerRequestMax) {
    return absl::InvalidArgumentError(fmt::format("events: {} are more than {}",
                                                  batch.events.size(),
                                                  kEventsPerRequestMax));
  }
  return absl::OkStatus();
}

// Where a thread waits for its answer.
struct Answer {
  Mutex mutex;
  std::condition_variable arrived;
  std::optional<BatchResult> result TALLY_GUARDED_BY(mutex);

  void Put(BatchResult answer) TALLY_EXCLUDES(mutex) {
    // Under the lock, for `this` is gone once the waiting thread sees it.
    MutexLock lock(&mutex);
    result = std::move(answer);
    arrived.notify_one();
  }
  BatchResult Take() TALLY_EXCLUDES(mutex) {
    MutexLock lock(&mutex);
    while (!result.has_value()) lock.Wait(&arrived);
    return *std::move(result);
  }
};

}  // namespace

CommitPipeline::CommitPipeline(const Storage* storage, Follower* follower,
                               const LedgerOptions& options)
    : threading_(options.threading),
      group_limits_{.events = options.group_events_max,
                    .bytes = options.group_bytes_max},
      queue_({.events = options.queued_events_max,
              .bytes = options.queued_bytes_max}),
      decider_(storage->tables.get(), options.clock, DeciderOptionsOf(options)),
      publisher_(storage, follower, &subscriptions_),
      writer_(storage, &publisher_, options.clock) {}

CommitPipeline::~CommitPipeline() { Close(); }

void CommitPipeline::Start() {
  group_ = NewGroup();
  if (threading_ == Threading::kCallerRuns) return;
  MutexLock lock(&close_mutex_);
  deciding_ = std::thread([this] { DecideLoop(); });
  writing_ = std::thread([this] { WriteLoop(); });
}

absl::Status CommitPipeline::Push(std::unique_ptr<PreparedBatch> batch) {
  return queue_.Push(&batch);
}

absl::Status CommitPipeline::Submit(std::unique_ptr<Batch> batch,
                                    BatchDone done) {
  RETURN_IF_ERROR(CheckBatch(*batch));
  // Before the work of preparing what will not be taken.
  RETURN_IF_ERROR(queue_.closed());
  return Push(Prepare(std::move(batch), std::move(done)));
}

BatchResult CommitPipeline::Post(std::unique_ptr<Batch> batch) {
  Answer answer;
  const absl::Status submitted =
      Submit(std::move(batch),
             [&answer](BatchResult result) { answer.Put(std::move(result)); });
  if (!submitted.ok()) return {.status = submitted};
  if (threading_ == Threading::kCallerRuns) RunUntilIdle();
  return answer.Take();
}

absl::Status CommitPipeline::Tick(BatchDone done) {
  auto tick = std::make_unique<PreparedBatch>();
  tick->batch = std::make_unique<Batch>();
  tick->done = std::move(done);
  return Push(std::move(tick));
}

void CommitPipeline::RunUntilIdle() {
  TALLY_CHECK(threading_ == Threading::kCallerRuns);
  do {
    queue_.Take(group_limits_, CommitQueue::Wait::kNo, &taken_);
    for (std::unique_ptr<PreparedBatch>& batch : taken_) {
      DecideOne(std::move(batch));
    }
    HandOver();
  } while (!taken_.empty());
}

bool CommitPipeline::RunStep(PipelineStep step) {
  TALLY_CHECK(threading_ == Threading::kCallerRuns);
  switch (step) {
    case PipelineStep::kDecide:
      if (Room(*group_).events <= 0 || Room(*group_).bytes <= 0) return false;
      queue_.Take(Room(*group_), CommitQueue::Wait::kNo, &taken_);
      for (std::unique_ptr<PreparedBatch>& batch : taken_) {
        DecideOne(std::move(batch));
      }
      return !taken_.empty();
    case PipelineStep::kHandOver:
      return given_ == nullptr && GiveGroup();
    case PipelineStep::kWrite:
      return WriteGiven();
  }
  return false;
}

void CommitPipeline::DecideLoop() {
  do {
    queue_.Take(Room(*group_), CommitQueue::Wait::kYes, &taken_);
    for (std::unique_ptr<PreparedBatch>& batch : taken_) {
      DecideOne(std::move(batch));
    }
    if (group_->empty()) continue;
    const CommitQueue::Limits room = Room(*group_);
    if (room.events <= 0 || room.bytes <= 0 || queue_.AtEnd()) {
      HandOver();
    } else if (handover_.TryGive(&group_)) {
      group_ = NewGroup();
    }
  } while (!queue_.AtEnd());
  if (!group_->empty()) HandOver();
  handover_.Close();
}

CommitQueue::Limits CommitPipeline::Room(const CommitGroup& group) const {
  return {.events = group_limits_.events - group.event_count(),
          .bytes = group_limits_.bytes - group.records.bytes()};
}

void CommitPipeline::DecideOne(std::unique_ptr<PreparedBatch> batch) {
  while (!decider_.Decide(&batch, group_.get())) HandOver();
}

void CommitPipeline::HandOver() {
  if (threading_ == Threading::kCallerRuns) {
    GiveGroup();
    WriteGiven();
    return;
  }
  handover_.Give(std::move(group_));
  group_ = NewGroup();
}

std::unique_ptr<CommitGroup> CommitPipeline::NewGroup() {
  std::unique_ptr<CommitGroup> group = handover_.TakeSpare();
  group->Clear(decider_.next());
  return group;
}

bool CommitPipeline::GiveGroup() {
  WriteGiven();
  if (group_->empty()) return false;
  given_ = std::move(group_);
  group_ = NewGroup();
  return true;
}

bool CommitPipeline::WriteGiven() {
  if (given_ == nullptr) return false;
  // Its callbacks may submit, so its place is free before them.
  std::unique_ptr<CommitGroup> group = std::move(given_);
  if (!writer_.Write(group.get())) StopAfterFailure();
  handover_.Recycle(std::move(group));
  return true;
}

void CommitPipeline::WriteLoop() {
  while (true) {
    std::unique_ptr<CommitGroup> group =
        handover_.Receive([this] { queue_.Nudge(); });
    if (group == nullptr) return;
    if (!writer_.Write(group.get())) StopAfterFailure();
    handover_.Recycle(std::move(group));
  }
}

void CommitPipeline::StopAfterFailure() { queue_.Close(writer_.failure()); }

void CommitPipeline::Close() {
  queue_.Close(absl::UnavailableError("the ledger is closing"));
  if (threading_ == Threading::kCallerRuns) {
    if (group_ != nullptr) RunUntilIdle();
    return;
  }
  MutexLock lock(&close_mutex_);
  if (deciding_.joinable()) deciding_.join();
  if (writing_.joinable()) writing_.join();
}

absl::Status CommitPipeline::writes() const {
  const absl::Status failure = writer_.failure();
  return failure.ok() ? queue_.closed() : failure;
}

}  // namespace tally
