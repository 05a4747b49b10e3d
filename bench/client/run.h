// One measurement: lanes post what their workloads make, and what comes back is
// held to what was expected.
//
// Closed loop: each lane posts again as soon as it is answered, and latency
// counts from the sending. Open loop: calls are due at a rate whatever the
// answers do, a lane that is free takes each, and latency counts from when the
// call was due, so waiting for a free lane is part of it.

#ifndef TALLY_BENCH_CLIENT_RUN_H_
#define TALLY_BENCH_CLIENT_RUN_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "bench/client/answer.h"
#include "bench/client/histogram.h"
#include "bench/client/pace.h"
#include "bench/client/poster.h"
#include "bench/workload/workload.h"
#include "engine/base/mutex.h"

namespace tally::bench {

struct RunOptions {
  int events_per_call = 1;
  int64_t events_per_second = 0;  // 0: a closed loop
  // It ends with the first of these that is reached; 0: does not count.
  int64_t seconds = 5;
  int64_t events = 0;
  // Rates are noted for each so many events; 0: not.
  int64_t interval_events = 0;
};

struct RunResult {
  Histogram latency;  // of calls
  Counts counts;
  int64_t calls = 0;
  int64_t request_bytes = 0;
  int64_t nanos = 0;  // from the first sending to the last answer
  // Calls whose counts differ from what was expected of them.
  int64_t surprises = 0;
  std::string first_surprise;
  std::string error;  // of the first call that failed; it ended the run
  std::vector<int64_t> interval_rates;  // events a second
  Workload::Watched watched{};
};

class Run {
 public:
  // The world and the poster must outlive it.
  Run(const World* world, Poster* poster, const RunOptions& options);

  // Once only.
  RunResult Go();

 private:
  struct Posting {
    int64_t due = 0;
    Counts expected;
    std::string bytes;
  };
  struct Lane {
    Workload workload;
    std::deque<Posting> under_way;
    std::vector<std::string> buffers;  // of requests that were answered
  };

  void Close();
  void Open();
  void PaceCalls();
  bool MorePlanned(int64_t now) const TALLY_REQUIRES(mutex_);
  void Post(int lane, int64_t due) TALLY_REQUIRES(mutex_);
  void Take(const Answer& answer, int64_t now) TALLY_REQUIRES(mutex_);
  void NoteInterval(int64_t now) TALLY_REQUIRES(mutex_);

  const World* const world_;
  Poster* const poster_;
  const RunOptions options_;
  const Pace pace_;
  const int64_t calls_max_;
  int64_t start_ = 0;

  Mutex mutex_;
  std::condition_variable freed_;
  std::vector<Lane> lanes_ TALLY_GUARDED_BY(mutex_);
  std::deque<int> free_ TALLY_GUARDED_BY(mutex_);  // lanes, of an open loop
  int64_t posted_ TALLY_GUARDED_BY(mutex_) = 0;    // calls
  int64_t under_way_ TALLY_GUARDED_BY(mutex_) = 0;
  int64_t interval_begin_ TALLY_GUARDED_BY(mutex_) = 0;
  int64_t interval_events_ TALLY_GUARDED_BY(mutex_) = 0;
  RunResult result_ TALLY_GUARDED_BY(mutex_);
};

// Of the steady clock.
int64_t NanosNow();

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_RUN_H_
