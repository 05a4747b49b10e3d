#include "tests/simulation/kept_snapshots.h"

#include "engine/state/state.h"
#include "fmt/format.h"

namespace tally::simulation {

KeptSnapshots::KeptSnapshots(SimulatedDisk* disk)
    : disk_(disk), folder_(kSnapshotFolder, disk->env()) {}

void KeptSnapshots::Damage(uint64_t random) {
  const auto ends = folder_.List();
  if (!ends.ok() || ends->empty()) return;
  disk_->files().Damage(folder_.PathOf(ends->front()), random);
}

std::string KeptSnapshots::Look() {
  start_ = 0;
  const auto ends = folder_.List();
  if (!ends.ok()) return ends.status().ToString();
  const Position tables_end = disk_->tables_end();
  for (const Position end : *ends) {
    if (end > tables_end) {
      if (end <= disk_->lost_end()) continue;
      return fmt::format(
          "a snapshot reaches {}, but the tables kept what is below {}", end,
          tables_end);
    }
    State state;
    absl::Status read = folder_.ReadHead(end).status();
    if (read.ok()) read = folder_.Read(end, &state);
    if (read.ok() && start_ == 0) start_ = end;
    if (read.ok() == disk_->files().IsDamaged(folder_.PathOf(end))) {
      return fmt::format("the snapshot that ends at {} is {}: {}", end,
                         read.ok() ? "read though it is damaged" : "damaged",
                         read.ToString());
    }
  }
  return "";
}

}  // namespace tally::simulation
