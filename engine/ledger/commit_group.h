// A commit group on its way through the pipeline: the batches in it, what was
// decided on each event, and everything that follows once it is durable.
//
// It is filled by the thread that decides, handed over, and emptied by the
// thread that writes; one of them has it at a time. Its memory is used again
// by the next group.

#ifndef TALLY_ENGINE_LEDGER_COMMIT_GROUP_H_
#define TALLY_ENGINE_LEDGER_COMMIT_GROUP_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/index/rows.h"
#include "engine/ledger/batch.h"
#include "engine/ledger/prepared_batch.h"
#include "engine/log/group.h"
#include "engine/model/indices.h"
#include "engine/state/plan.h"

namespace tally {

// An accepted event's plan, to be applied by the follower.
struct AcceptedPlan {
  Plan plan;
  Date date;  // the event's business date
};

// An outcome that repeats the one at `position`: it is read from there once
// that is durable.
struct RepeatedOutcome {
  size_t batch = 0;
  size_t event = 0;
  Position position = -1;
};

// The place in a group to which it can be taken back.
struct GroupMark {
  int64_t records = 0;
  size_t plans = 0;
  size_t event_ids = 0;
  size_t entries = 0;
  int64_t effects = 0;
};

class CommitGroup {
 public:
  // Empties it; its first record gets position `first`.
  void Clear(Position first);

  // Nothing is in it, not even a batch that waits for its answer.
  bool empty() const { return batches.empty() && records.empty(); }
  int64_t event_count() const { return event_count_; }

  // The batch becomes part of the group, and so does its answer.
  void AddBatch(std::unique_ptr<PreparedBatch> batch);

  // The next accepted event's plan, to be planned into; it holds what the
  // last use of its memory left. It counts only once it is kept.
  AcceptedPlan& NextPlan();
  void KeepPlan() { ++plan_count_; }
  std::span<AcceptedPlan> plans() {
    return std::span(plans_).first(plan_count_);
  }
  // Readers may see the plans up to here: no batch is torn there.
  void EndBatch() { batch_ends.push_back(plan_count_); }

  GroupMark Mark() const;
  // Takes back the accepted events since the mark.
  void Truncate(const GroupMark& mark);

  // What is stored and hashed.
  Group records;
  std::vector<std::unique_ptr<PreparedBatch>> batches;
  std::vector<BatchResult> results;  // as batches
  std::vector<RepeatedOutcome> repeats;
  IndexBatch rows;
  std::vector<RefusalRow> refusals;
  std::vector<size_t> batch_ends;  // counts of plans
  // Of the ledger's own events: their words point here.
  Arena arena;

 private:
  std::vector<AcceptedPlan> plans_;  // the first plan_count_ are kept
  size_t plan_count_ = 0;
  int64_t event_count_ = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_COMMIT_GROUP_H_
