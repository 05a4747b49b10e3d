// One event of a workload in numbers: what it is, where, how much, and what
// the ledger must answer. wire_event.h writes it as a request has it,
// peers/postgres_peer.h as the parameters of a statement.

#ifndef TALLY_BENCH_WORKLOAD_ACT_H_
#define TALLY_BENCH_WORKLOAD_ACT_H_

#include <cstdint>

#include "bench/workload/mix.h"

namespace tally::bench {

enum class Expected : uint8_t {
  kAccepted,
  kRefused,
  kReplayed,  // the same event as an earlier one
};

struct Act {
  Kind kind = Kind::kReceive;
  Custody model = Custody::kMassBalance;
  Expected expected = Expected::kAccepted;
  // Tells the act from all others of all lanes and runs.
  uint64_t key = 0;
  int64_t number = 0;  // among those of its lane
  int32_t day = 0;     // after the first day of the world
  int32_t site = 0;
  // Of a shipment: the receiving site, or -1 where that is not on the ledger.
  int32_t to_site = -1;
  int64_t quantity = 0;  // in thousandths of a tonne; of credits, in tonnes
  // The key of the act that made what this one is about: the shipment that is
  // accepted, the lot that is drawn from; 0 for none.
  uint64_t source_key = 0;
  int32_t source_day = 0;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_ACT_H_
