// What a run came to, as a table for people and as a line of JSON for scripts.

#ifndef TALLY_BENCH_CLIENT_REPORT_H_
#define TALLY_BENCH_CLIENT_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench/client/answer.h"
#include "bench/client/histogram.h"
#include "bench/client/process_usage.h"

namespace tally::bench {

struct Report {
  std::string name;  // of the way of posting
  int64_t clients = 0;
  int64_t events_per_call = 0;
  int64_t rate = 0;  // that was asked for; 0: a closed loop
  Counts counts;
  int64_t calls = 0;
  int64_t request_bytes = 0;
  int64_t nanos = 0;
  Histogram latency;
  int64_t client_cpu_millis = 0;
  int64_t server_cpu_millis = 0;  // 0: not known
  ProcessUsage server;            // at the end
  std::vector<int64_t> interval_rates;
  int64_t tree_size = 0;  // of the log, at the end; 0: not asked for
  std::string trouble;    // what was wrong with it; empty: nothing

  int64_t events_per_second() const;
};

void PrintTable(const Report& report);
void PrintJson(const Report& report);

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_REPORT_H_
