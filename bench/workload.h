// What the load generator posts: receipts into mass-balance accounts and
// sales out of them, so that every event is checked against a balance.

#ifndef TALLY_BENCH_WORKLOAD_H_
#define TALLY_BENCH_WORKLOAD_H_

#include <cstdint>
#include <random>
#include <string>

#include "tallystick/v1/event.pb.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally {

struct WorkloadOptions {
  // Tells the ids of one run from those of another on the same ledger.
  std::string run;
  int accounts = 1'000;
  uint64_t seed = 1;
};

// The events that make parties, sites and a product known, and one first
// receipt into every account.
class Setup {
 public:
  explicit Setup(const WorkloadOptions& options) : options_(options) {}

  // Fills `request` with the next batch; false when there is none.
  bool Next(int batch_size, tallystick::v1::PostEventsRequest* request);

 private:
  void Add(int step, tallystick::v1::Event* event) const;

  const WorkloadOptions options_;
  int step_ = 0;
};

// An endless stream of events of one client. Not thread-safe.
class Workload {
 public:
  Workload(const WorkloadOptions& options, int client);

  void Fill(int batch_size, tallystick::v1::PostEventsRequest* request);

 private:
  void Add(tallystick::v1::Event* event);

  const WorkloadOptions options_;
  const int client_;
  std::mt19937_64 random_;
  int64_t number_ = 0;
};

}  // namespace tally

#endif  // TALLY_BENCH_WORKLOAD_H_
