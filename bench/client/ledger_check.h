// Asks the ledger itself whether what it answered is so: how far its log grew,
// what watched accounts hold, whether an event can be read.

#ifndef TALLY_BENCH_CLIENT_LEDGER_CHECK_H_
#define TALLY_BENCH_CLIENT_LEDGER_CHECK_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bench/workload/workload.h"
#include "grpcpp/grpcpp.h"

namespace tally::bench {

class LedgerCheck {
 public:
  // The world must outlive it.
  LedgerCheck(const World* world, const std::string& server);

  // Makes the world known. Every event of it must be accepted, or have been.
  absl::Status Prepare();
  // Leaves of the log's tree.
  absl::StatusOr<int64_t> TreeSize();
  // What watched accounts hold, by site and model.
  absl::StatusOr<Workload::Watched> ReadWatched();

 private:
  const World* const world_;
  const std::string server_;
  const std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_LEDGER_CHECK_H_
