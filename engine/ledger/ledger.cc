#include "engine/ledger/ledger.h"

#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/commit_pipeline.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/reader.h"
#include "engine/ledger/recovery.h"
#include "engine/ledger/snapshotter.h"
#include "engine/ledger/storage.h"
#include "engine/ledger/subscription.h"

namespace tally {

absl::StatusOr<std::unique_ptr<Ledger>> Ledger::Open(LedgerOptions options) {
  if (options.directory.empty()) {
    return OpenOn(std::make_unique<Storage>(MemoryStorage()),
                  std::move(options));
  }
  ASSIGN_OR_RETURN(Storage storage,
                   OpenStorage(options.directory, options.new_ledger));
  return OpenOn(std::make_unique<Storage>(std::move(storage)),
                std::move(options));
}

absl::StatusOr<std::unique_ptr<Ledger>> Ledger::OpenOn(
    std::unique_ptr<Storage> storage, LedgerOptions options) {
  TALLY_CHECK(options.clock != nullptr);
  TALLY_CHECK(options.group_events_max > 0);
  TALLY_CHECK(options.snapshots.interval_events >= 0);
  TALLY_CHECK(options.snapshots.keep >= 1);
  if (storage->notes == nullptr) {
    storage->notes = std::make_unique<MemoryNoteTable>();
  }
  // Not make_unique: the constructor is private.
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(storage), options));
  // Before the log is replayed: a wrong key is told at once.
  RETURN_IF_ERROR(ledger->checkpoints_->Open());
  Decider* decider = ledger->pipeline_->decider();
  Recovery recovery(ledger->storage_.get(), decider->state(),
                    ledger->follower_.get());
  ASSIGN_OR_RETURN(Recovered recovered,
                   recovery.Run(*options.clock, &options.on_recovery));
  decider->Resume(recovered.next, recovered.last_recorded_at);
  ledger->opening_ = std::move(recovered.facts);
  ledger->pipeline_->Start();
  const bool own_threads = options.threading == Threading::kOwnThreads;
  ledger->snapshotter_->Start(
      ledger->opening_.snapshot_end,
      own_threads ? ledger->pipeline_->subscriptions() : nullptr);
  ledger->is_open_ = true;
  return ledger;
}

Ledger::Ledger(std::unique_ptr<Storage> storage, const LedgerOptions& options)
    : strict_(options.strict),
      storage_(std::move(storage)),
      follower_(std::make_unique<Follower>()),
      reader_(std::make_unique<Reader>(follower_.get(), storage_.get())),
      checkpoints_(
          std::make_unique<Checkpoints>(storage_.get(), options.signing)),
      pipeline_(std::make_unique<CommitPipeline>(storage_.get(),
                                                 follower_.get(), options)),
      snapshotter_(std::make_unique<Snapshotter>(
          storage_.get(), options.snapshots, options.clock)) {}

Ledger::~Ledger() { Close(); }

absl::Status Ledger::Submit(std::unique_ptr<Batch> batch, BatchDone done) {
  return pipeline_->Submit(std::move(batch), std::move(done));
}

BatchResult Ledger::Post(std::unique_ptr<Batch> batch) {
  return pipeline_->Post(std::move(batch));
}

absl::Status Ledger::Tick(BatchDone done) {
  return pipeline_->Tick(std::move(done));
}

void Ledger::RunUntilIdle() { pipeline_->RunUntilIdle(); }

bool Ledger::RunStep(PipelineStep step) { return pipeline_->RunStep(step); }

std::unique_ptr<Subscription> Ledger::Watch(
    absl::AnyInvocable<void(Standing)> listener) {
  return pipeline_->subscriptions()->Add(std::move(listener));
}

Standing Ledger::standing() const { return follower_->standing(); }

LedgerHealth Ledger::health() const {
  const CommitQueue::Limits load = pipeline_->load();
  return {.writes = pipeline_->writes(),
          .standing = standing(),
          .queued_events = load.events,
          .queued_bytes = load.bytes,
          .snapshots = snapshotter_->figures()};
}

LedgerFigures Ledger::figures() const { return pipeline_->figures(); }

absl::Status Ledger::MakeSnapshot() { return snapshotter_->Make(); }

void Ledger::Close() {
  pipeline_->Close();
  std::call_once(closed_, [this] {
    snapshotter_->Stop();
    // After a failure nothing more is put on that disk; nor by one that was
    // not opened, whose tables may be behind its state.
    if (!is_open_ || !pipeline_->failure().ok()) return;
    // Without it the next opening takes longer; it is in the figures.
    snapshotter_->MakeLast(*follower_).IgnoreError();
  });
}

}  // namespace tally
