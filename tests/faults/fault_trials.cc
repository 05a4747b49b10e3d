// Tells a story to a ledger on disk, again and again, each time with another
// fault: every operation on the disk, with every fault that it can have.
//
//   fault_trials [--every N] [--first K] [--verbose]
//   fault_trials --sample N
//
// --sample: every N-th from one that chance picks, or $TALLY_SEED.
//
// Files are made below $TMPDIR. What a disk would forget is kept account of
// here, so TMPDIR=/dev/shm shows the same and saves the disk the syncs.
//
// Prints the faults by kind and how the ledger took them. Exits with 1 when
// anything acknowledged was lost, or anything else was wrong.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "tests/engine/storage/temporary_directory.h"
#include "tests/faults/fault_table.h"
#include "tests/faults/fault_trial.h"

namespace {

tally::faults::TrialChoice Sample(int64_t every) {
  const char* const given = std::getenv("TALLY_SEED");
  const int64_t seed = given != nullptr
                           ? std::strtoll(given, nullptr, 10)
                           : static_cast<int64_t>(std::random_device()());
  fmt::print("TALLY_SEED={}\n", seed);
  return {.every = every, .first = seed % every};
}

}  // namespace

int main(int argc, char** argv) {
  tally::faults::TrialChoice choice;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--verbose") choice.verbose = true;
    if (i + 1 == argc) continue;
    const int64_t number = std::strtoll(argv[i + 1], nullptr, 10);
    if (option == "--every") choice.every = std::max<int64_t>(1, number);
    if (option == "--sample") choice = Sample(std::max<int64_t>(1, number));
    if (option == "--first") choice.first = std::max<int64_t>(0, number);
  }
  const tally::TemporaryDirectory folder;
  const auto table = tally::faults::RunTrials(folder.path(), choice);
  fmt::print("{}", table.ToString());
  return table.wrong.empty() && table.trials > 0 ? 0 : 1;
}
