// What became of the snapshots of a ledger since it was opened.

#ifndef TALLY_ENGINE_LEDGER_SNAPSHOT_FIGURES_H_
#define TALLY_ENGINE_LEDGER_SNAPSHOT_FIGURES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "engine/model/indices.h"

namespace tally {

struct SnapshotFigures {
  Position newest_end = 0;  // 0: there is none
  int64_t made = 0;
  int64_t bytes = 0;    // of the latest
  int64_t micros = 0;   // that it took to make
  absl::Status latest;  // how that went
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_SNAPSHOT_FIGURES_H_
