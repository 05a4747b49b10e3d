#include "engine/ledger/commit_group.h"

#include <utility>

namespace tally {

void CommitGroup::Clear(Position first) {
  records.Clear(first);
  batches.clear();
  results.clear();
  repeats.clear();
  rows.Clear(first);
  refusals.clear();
  batch_ends.clear();
  arena = Arena();
  plan_count_ = 0;
  event_count_ = 0;
}

void CommitGroup::AddBatch(std::unique_ptr<PreparedBatch> batch) {
  event_count_ += batch->event_count();
  batches.push_back(std::move(batch));
  results.emplace_back();
}

AcceptedPlan& CommitGroup::NextPlan() {
  if (plan_count_ == plans_.size()) plans_.emplace_back();
  return plans_[plan_count_];
}

GroupMark CommitGroup::Mark() const {
  return {.records = records.count(),
          .plans = plan_count_,
          .event_ids = rows.event_ids.size(),
          .entries = rows.entries.size(),
          .effects = rows.effects.count()};
}

void CommitGroup::Truncate(const GroupMark& mark) {
  records.Truncate(mark.records);
  plan_count_ = mark.plans;
  rows.event_ids.resize(mark.event_ids);
  rows.entries.resize(mark.entries);
  rows.effects.Truncate(mark.effects);
  rows.end = rows.first + mark.records;
}

}  // namespace tally
