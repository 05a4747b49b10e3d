// Where a replay can begin: at the newest snapshot that is whole and fits, or
// at the beginning of the log. A snapshot that is damaged, or of another
// program's making, is left out and the one before it is tried.

#ifndef TALLY_ENGINE_LEDGER_SNAPSHOT_START_H_
#define TALLY_ENGINE_LEDGER_SNAPSHOT_START_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/ledger/storage.h"
#include "engine/log/merkle.h"
#include "engine/model/indices.h"
#include "engine/state/state.h"

namespace tally {

struct SnapshotStart {
  Position next = 0;  // 0: the beginning of the log
  Instant last_recorded_at{INT64_MIN};
  Date latest_date = Date::Min();
  // Of the log below `next`, whose root the snapshot says, too.
  MerkleFrontier tree;
  // Why newer snapshots than this one were left out.
  std::vector<std::string> left_out;
};

// Fills each of `states`, which are empty, from the newest snapshot that fits
// and ends at or below `end_max`. DATA_LOSS where a snapshot is whole, but of
// another history than the log: then one of the two is not what it was.
absl::StatusOr<SnapshotStart> StartFromSnapshot(const Storage& storage,
                                                Position end_max,
                                                std::span<State* const> states);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_SNAPSHOT_START_H_
