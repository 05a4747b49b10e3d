// Brings a ledger back: from the newest snapshot that is whole, and from the
// log after it (replay.h), which is also where the derived tables get what
// they lack. Damage to the log is DATA_LOSS that names the position; damage to
// a snapshot makes it a longer way.

#ifndef TALLY_ENGINE_LEDGER_RECOVERY_H_
#define TALLY_ENGINE_LEDGER_RECOVERY_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/clock.h"
#include "engine/base/date.h"
#include "engine/index/rows.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/ledger_options.h"
#include "engine/ledger/replay.h"
#include "engine/ledger/storage.h"
#include "engine/state/effects.h"
#include "engine/state/state.h"

namespace tally {

// Where the log ends, and how that was found out.
struct Recovered {
  Position next = 0;
  Instant last_recorded_at{INT64_MIN};
  OpeningFacts facts;
};

class Recovery {
 public:
  using OnProgress = absl::AnyInvocable<void(const RecoveryProgress&)>;

  // All must outlive it. The states are empty.
  Recovery(const Storage* storage, State* state, Follower* follower)
      : storage_(storage),
        state_(state),
        follower_(follower),
        replay_(storage->tables.get(), state) {}

  // Called after each event that is replayed, with where that leads.
  using OnEvent = absl::AnyInvocable<void(const Replay&, const State&)>;
  void LookOn(OnEvent on_event) { on_event_ = std::move(on_event); }

  // Once. `progress` may be empty; it is called now and then, and at the end.
  absl::StatusOr<Recovered> Run(const Clock& clock, OnProgress* progress);

 private:
  absl::StatusOr<Position> Start();
  absl::Status Next(std::string_view bytes);
  absl::Status PrepareTables(Position log_end);
  absl::Status FlushRows();

  const Storage* const storage_;
  State* const state_;
  Follower* const follower_;

  Replay replay_;
  OnEvent on_event_;
  OpeningFacts facts_;
  Effects effects_;
  std::string effect_bytes_;
  // What the derived tables lack.
  IndexBatch rows_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_RECOVERY_H_
