// Makes a durable group visible and answers it: the derived tables first,
// then the readers' state, then the callers, then those who watch. One thread
// at a time uses it.

#ifndef TALLY_ENGINE_LEDGER_PUBLISHER_H_
#define TALLY_ENGINE_LEDGER_PUBLISHER_H_

#include <atomic>
#include <cstdint>

#include "absl/status/status.h"
#include "engine/ledger/commit_group.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/storage.h"
#include "engine/ledger/subscription.h"

namespace tally {

class Publisher {
 public:
  // All must outlive it.
  Publisher(const Storage* storage, Follower* follower,
            Subscriptions* subscriptions)
      : storage_(storage), follower_(follower), subscriptions_(subscriptions) {}

  // The group is in the log. An error means that the derived tables failed,
  // and that nothing must follow the group. Readers never see a state that the
  // tables do not have: a group that could not be added to them stays unseen,
  // and its batches are answered UNAVAILABLE, until the ledger is opened again.
  absl::Status Publish(CommitGroup* group);

  // Answers every batch of a group that will not be in the log.
  static void Fail(const absl::Status& why, CommitGroup* group);

 private:
  absl::Status JournalRefusals(const CommitGroup& group);
  void FillRepeats(CommitGroup* group);
  absl::Status FillRepeat(Position position, Outcome* outcome);

  const Storage* const storage_;
  Follower* const follower_;
  Subscriptions* const subscriptions_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PUBLISHER_H_
