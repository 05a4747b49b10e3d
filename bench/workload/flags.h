// The flags that say what is posted, the same for every program that does.

#ifndef TALLY_BENCH_WORKLOAD_FLAGS_H_
#define TALLY_BENCH_WORKLOAD_FLAGS_H_

#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "bench/workload/world.h"

namespace tally::bench {

struct WorkloadFlags {
  std::string mix = "sales";
  std::string models = "mass_balance=1";
  WorkloadOptions options;

  // The flags write here when the app parses.
  void AddTo(CLI::App* app);
  // Reads what is left to read, once the app has parsed. INVALID_ARGUMENT names
  // what is wrong.
  absl::Status Finish();
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_FLAGS_H_
