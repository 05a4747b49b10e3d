// What a process took of the machine: processor time and memory, as Linux tells
// in /proc.

#ifndef TALLY_BENCH_CLIENT_PROCESS_USAGE_H_
#define TALLY_BENCH_CLIENT_PROCESS_USAGE_H_

#include <cstdint>

namespace tally::bench {

struct ProcessUsage {
  int64_t cpu_millis = 0;  // of user and system, of all of its threads
  int64_t resident_bytes = 0;
  int64_t peak_resident_bytes = 0;
};

// 0: this process. Zeros for one that is not there.
ProcessUsage UsageOf(int64_t pid);

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_PROCESS_USAGE_H_
