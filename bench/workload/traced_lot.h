// A lot that was made from 99,999 others, as many as a trace follows: lots of
// a thousand receipts merged a hundred times, and what came of it merged again.

#ifndef TALLY_BENCH_WORKLOAD_TRACED_LOT_H_
#define TALLY_BENCH_WORKLOAD_TRACED_LOT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "bench/workload/world.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"

namespace tally::bench {

class TracedLot {
 public:
  // The world must outlive it, and be known to the ledger. With fewer merges
  // than a hundred it has fewer ancestors.
  explicit TracedLot(const World* world, int merges = 100)
      : world_(world), merges_(merges) {}

  std::string name() const;
  // Posts the events that make it.
  absl::Status Make(const std::string& server) const;

 private:
  static constexpr int kLotsOfMerge = 1'000;
  // Of the last merge, so that all together are 99,999.
  static constexpr int kLotsOfLastMerge = 899;

  std::string PartOf(int merge, int part) const;
  tallystick::v1::Event* Add(const std::string& name,
                             tallystick::v1::PostEventsRequest* request) const;
  void AddReceipt(const std::string& lot,
                  tallystick::v1::PostEventsRequest* request) const;
  tallystick::v1::Process* AddMerge(
      const std::string& lot, const std::string& quantity,
      tallystick::v1::PostEventsRequest* request) const;

  const World* const world_;
  const int merges_;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_TRACED_LOT_H_
