// Brings a ledger back from its log: every record is decided again by the
// same rules and applied by the same code as when it was new. A record that
// would no longer be decided as it was, or a tree that no longer comes out as
// the log says, is damage: DATA_LOSS names the position.

#ifndef TALLY_ENGINE_LEDGER_RECOVERY_H_
#define TALLY_ENGINE_LEDGER_RECOVERY_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/arena.h"
#include "engine/base/clock.h"
#include "engine/base/date.h"
#include "engine/index/rows.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/ledger_options.h"
#include "engine/ledger/storage.h"
#include "engine/log/merkle.h"
#include "engine/log/record_codec.h"
#include "engine/state/effects.h"
#include "engine/state/state.h"

namespace tally {

// Where the log ends.
struct Recovered {
  Position next = 0;
  Instant last_recorded_at{INT64_MIN};
};

class Recovery {
 public:
  using OnProgress = absl::AnyInvocable<void(const RecoveryProgress&)>;

  // All must outlive it. The states are empty.
  Recovery(const Storage* storage, State* state, Follower* follower)
      : storage_(storage), state_(state), follower_(follower) {}

  // Once. `progress` may be empty; it is called now and then, and at the end.
  absl::StatusOr<Recovered> Run(const Clock& clock, OnProgress* progress);

 private:
  absl::Status Replay(std::string_view bytes);
  absl::Status Decide(const Record& record);
  absl::Status CheckRoot(const Sha256Digest& root) const;
  absl::Status PrepareTables(Position log_end);
  absl::Status FlushRows();

  const Storage* const storage_;
  State* const state_;
  Follower* const follower_;

  Recovered recovered_;
  std::unique_ptr<Arena> arena_;  // of the record, and of some before it
  MerkleFrontier tree_;
  Plan plan_;
  Effects effects_;
  std::string effect_bytes_;
  // What the derived tables lack.
  IndexBatch rows_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_RECOVERY_H_
