// When each call of an open loop is to be sent: so many events a second,
// spread evenly, whatever the answers do. A call that is sent late is still
// measured from when it was to be sent, so a server that stalls is charged
// with the stall of every caller behind it.

#ifndef TALLY_BENCH_CLIENT_PACE_H_
#define TALLY_BENCH_CLIENT_PACE_H_

#include <cstdint>

namespace tally::bench {

struct Pace {
  int64_t events_per_second = 0;
  int64_t events_per_call = 1;

  // After the start, of the call of a number from 0 on. Exact: nothing is
  // rounded but the result, so the rate does not drift.
  int64_t NanosOf(int64_t call) const {
    return static_cast<int64_t>(static_cast<__int128>(call) * events_per_call *
                                1'000'000'000 / events_per_second);
  }
  // How many calls are sent within that time.
  int64_t CallsIn(int64_t nanos) const {
    const __int128 events = static_cast<__int128>(nanos) * events_per_second;
    const __int128 call =
        static_cast<__int128>(events_per_call) * 1'000'000'000;
    return static_cast<int64_t>((events + call - 1) / call);
  }
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_PACE_H_
