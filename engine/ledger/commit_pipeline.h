// The commit pipeline: queue, deciding thread, writing thread.
//
//   Submit -> CommitQueue -> Decider -> Handover -> GroupWriter -> Publisher
//
// The thread that decides takes what waits and adds it to its group for as
// long as the thread that writes is busy; then it hands the group over. So a
// lone event is written at once, and under load groups grow by themselves.
// With Threading::kCallerRuns the same steps are run by the caller, in one
// order that depends on nothing else.

#ifndef TALLY_ENGINE_LEDGER_COMMIT_PIPELINE_H_
#define TALLY_ENGINE_LEDGER_COMMIT_PIPELINE_H_

#include <memory>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "engine/base/mutex.h"
#include "engine/ledger/commit_group.h"
#include "engine/ledger/commit_queue.h"
#include "engine/ledger/decider.h"
#include "engine/ledger/group_writer.h"
#include "engine/ledger/handover.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/publisher.h"

namespace tally {

class CommitPipeline {
 public:
  // All must outlive it.
  CommitPipeline(const Storage* storage, Follower* follower,
                 const LedgerOptions& options);
  // Close()s.
  ~CommitPipeline();
  CommitPipeline(const CommitPipeline&) = delete;
  CommitPipeline& operator=(const CommitPipeline&) = delete;

  // To be recovered before Start().
  Decider* decider() { return &decider_; }
  void Start();

  // See Ledger.
  absl::Status Submit(std::unique_ptr<Batch> batch, BatchDone done);
  BatchResult Post(std::unique_ptr<Batch> batch);
  absl::Status Tick(BatchDone done);
  void RunUntilIdle();
  bool RunStep(PipelineStep step);
  void Close() TALLY_EXCLUDES(close_mutex_);

  Subscriptions* subscriptions() { return &subscriptions_; }
  absl::Status writes() const;
  // OK, or why nothing is written any more; closing is no failure.
  absl::Status failure() const { return writer_.failure(); }
  CommitQueue::Limits load() const { return queue_.load(); }
  LedgerFigures figures() const { return writer_.figures(); }

 private:
  absl::Status Push(std::unique_ptr<PreparedBatch> batch);

  // The deciding thread.
  void DecideLoop();
  CommitQueue::Limits Room(const CommitGroup& group) const;
  // Decides one batch; hands the group over first where it is full.
  void DecideOne(std::unique_ptr<PreparedBatch> batch);
  void HandOver();
  std::unique_ptr<CommitGroup> NewGroup();
  // Where there are no threads. The group becomes the one to be written; one
  // that waits for that already is written first.
  bool GiveGroup();
  bool WriteGiven();

  // The writing thread.
  void WriteLoop();
  void StopAfterFailure();

  // Constant after construction.
  const Threading threading_;
  const CommitQueue::Limits group_limits_;

  CommitQueue queue_;
  Handover handover_;
  Subscriptions subscriptions_;

  // Used by the deciding thread.
  Decider decider_;
  std::unique_ptr<CommitGroup> group_;
  std::vector<std::unique_ptr<PreparedBatch>> taken_;
  std::unique_ptr<CommitGroup> given_;  // where there are no threads

  // Used by the writing thread.
  Publisher publisher_;
  GroupWriter writer_;

  Mutex close_mutex_;
  std::thread deciding_ TALLY_GUARDED_BY(close_mutex_);
  std::thread writing_ TALLY_GUARDED_BY(close_mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_COMMIT_PIPELINE_H_
