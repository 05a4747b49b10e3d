// Tells a story to a ledger on disk, again and again, each time with another
// fault: every operation on the disk, with every fault that it can have.
//
//   fault_trials [--every N]
//
// Files are made below $TMPDIR. What a disk would forget is kept account of
// here, so TMPDIR=/dev/shm shows the same and saves the disk the syncs.
//
// Prints the faults by kind and how the ledger took them. Exits with 1 when
// anything acknowledged was lost, or anything else was wrong.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "tests/engine/storage/temporary_directory.h"
#include "tests/faults/fault_table.h"
#include "tests/faults/fault_trial.h"

int main(int argc, char** argv) {
  using namespace tally::faults;
  int64_t every = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::string_view(argv[i]) == "--every") {
      every = std::max(1L, std::strtol(argv[i + 1], nullptr, 10));
    }
  }
  const tally::TemporaryDirectory folder;
  const FaultTable table = RunTrials(folder.path(), every, 0);
  fmt::print("{}", table.ToString());
  return table.wrong.empty() ? 0 : 1;
}
