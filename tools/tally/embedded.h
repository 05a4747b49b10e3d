// A ledger inside this process, for what needs no server: scenarios and dry
// runs. It is the server itself, on a log in memory and a channel that leaves
// the process nowhere; it ends with this object.

#ifndef TALLY_TOOLS_TALLY_EMBEDDED_H_
#define TALLY_TOOLS_TALLY_EMBEDDED_H_

#include <memory>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

namespace tally::cli {

class EmbeddedLedger {
 public:
  // For tests: it takes the metadata of test_ledger.h.
  static absl::StatusOr<std::unique_ptr<EmbeddedLedger>> Start();
  ~EmbeddedLedger();

  std::shared_ptr<grpc::Channel> channel() const;

 private:
  struct Parts;
  explicit EmbeddedLedger(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_EMBEDDED_H_
