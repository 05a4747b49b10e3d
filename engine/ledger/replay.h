// Goes through the log once more: each record is decided by the same rules
// and applied by the same code as when it was new. A record that would no
// longer be decided as it was, or a tree that no longer comes out as the log
// says, is damage: DATA_LOSS names the position.
//
//   Replay replay(tables, &state, start);
//   RETURN_IF_ERROR(replay.Decode(bytes));
//   RETURN_IF_ERROR(replay.Decide());
//   … replay.record(), replay.plan() …
//   replay.Apply();

#ifndef TALLY_ENGINE_LEDGER_REPLAY_H_
#define TALLY_ENGINE_LEDGER_REPLAY_H_

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/ledger/snapshot_start.h"
#include "engine/ledger/tables.h"
#include "engine/log/merkle.h"
#include "engine/log/record_codec.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

// "the log is damaged at position 17: …"
absl::Status DamagedLog(Position position, std::string_view what);

class Replay {
 public:
  // Both must outlive it. `tables` have every event below the one that is
  // decided, as soon as that is a void.
  Replay(const Tables* tables, State* state) : tables_(tables), state_(state) {}

  // The state is the one that the start says.
  void Start(const SnapshotStart& start);

  // The record of position next(). Its views hold until the next Decode().
  absl::Status Decode(std::string_view bytes);
  absl::Status Decide();
  void Apply();

  const Record& record() const { return record_; }
  const Plan& plan() const { return plan_; }
  bool IsVoid() const;

  Position next() const { return next_; }
  Instant last_recorded_at() const { return last_recorded_at_; }
  Date latest_date() const { return latest_date_; }
  Sha256Digest root() const { return tree_.Root(); }
  // That the tree of all records so far has this root.
  absl::Status CheckRoot(const Sha256Digest& root) const;

 private:
  const Tables* const tables_;
  State* const state_;

  Position next_ = 0;
  Instant last_recorded_at_{INT64_MIN};
  Date latest_date_ = Date::Min();
  MerkleFrontier tree_;
  std::unique_ptr<Arena> arena_;  // of the record, and of some before it
  Record record_;
  Sha256Digest leaf_{};
  Plan plan_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_REPLAY_H_
