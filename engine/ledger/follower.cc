#include "engine/ledger/follower.h"

#include <algorithm>

namespace tally {
namespace {

// Plans that are applied before readers get a turn: some tenths of a
// millisecond.
constexpr size_t kSlicePlans = 512;

}  // namespace

void Follower::Read(absl::FunctionRef<void(const View&)> read) const {
  gate_.Lock();
  mutex_.LockShared();
  gate_.Unlock();
  read(View{
      .state = state_, .standing = standing_, .latest_date = latest_date_});
  mutex_.UnlockShared();
}

Standing Follower::standing() const {
  Standing standing;
  Read([&standing](const View& view) { standing = view.standing; });
  return standing;
}

void Follower::Apply(CommitGroup* group) {
  const std::span<AcceptedPlan> plans = group->plans();
  size_t begin = 0;
  size_t end = 0;
  for (const size_t batch_end : group->batch_ends) {
    // The batch that would make the slice too long starts the next one.
    if (batch_end - begin > kSlicePlans && end > begin) {
      ApplySlice(plans.subspan(begin, end - begin));
      begin = end;
    }
    end = batch_end;
  }
  if (end > begin) ApplySlice(plans.subspan(begin, end - begin));
}

absl::Status Follower::Restore(absl::FunctionRef<absl::Status(State*)> fill) {
  WriterLock lock(&mutex_);
  return fill(&state_);
}

void Follower::StandAt(Position next, Date latest_date) {
  WriterLock lock(&mutex_);
  standing_.as_of = next - 1;
  latest_date_ = latest_date;
}

void Follower::Replay(const Plan& plan, Date date) {
  gate_.Lock();
  mutex_.Lock();
  gate_.Unlock();
  ApplyOne(plan, date);
  mutex_.Unlock();
}

void Follower::ApplySlice(std::span<AcceptedPlan> plans) {
  gate_.Lock();
  mutex_.Lock();
  gate_.Unlock();
  for (const AcceptedPlan& accepted : plans) {
    ApplyOne(accepted.plan, accepted.date);
  }
  mutex_.Unlock();
}

void Follower::ApplyOne(const Plan& plan, Date date) {
  state_.Apply(plan);
  ++standing_.as_of;
  latest_date_ = std::max(latest_date_, date);
}

}  // namespace tally
