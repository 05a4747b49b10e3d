// Holds stored snapshots to what the log leads to, while it is replayed from
// its beginning.

#ifndef TALLY_ENGINE_LEDGER_SNAPSHOT_CHECK_H_
#define TALLY_ENGINE_LEDGER_SNAPSHOT_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/ledger/replay.h"
#include "engine/log/journal.h"
#include "engine/model/indices.h"
#include "engine/snapshot/snapshot_folder.h"
#include "engine/state/state.h"

namespace tally {

// Used by one thread.
class SnapshotCheck {
 public:
  using Report = absl::FunctionRef<void(std::string)>;

  // All must outlive it. `folder` may be that of a ledger that has none.
  SnapshotCheck(const SnapshotFolder* folder, const Journal* journal,
                Report report)
      : folder_(folder), journal_(journal), report_(report) {}

  // Finds the snapshots of the journal's events; those beyond its end are
  // reported unless `may_go_on`.
  absl::Status Open(bool may_go_on);

  // After each event: looks at the snapshot that ends here, if there is one.
  void At(const Replay& replay, const State& state);

  int64_t checked() const { return checked_; }

 private:
  // DATA_LOSS says what differs.
  absl::Status Check(const Replay& replay, const State& state) const;

  const SnapshotFolder* const folder_;
  const Journal* const journal_;
  Report report_;
  std::vector<Position> ends_;  // still to come, the next one last
  int64_t checked_ = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_SNAPSHOT_CHECK_H_
