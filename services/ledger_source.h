// Which ledger a call is about.
//
// A server has one. A server for tests keeps one in memory for every name that
// calls give it (test_ledgers.h), so that each scenario has a fresh one.

#ifndef TALLY_SERVICES_LEDGER_SOURCE_H_
#define TALLY_SERVICES_LEDGER_SOURCE_H_

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/ledger/ledger.h"
#include "grpcpp/server_context.h"

namespace tally::services {

// Metadata of calls to a server for tests.
inline constexpr char kTestLedgerKey[] = "tally-test-ledger";
inline constexpr char kTestStrictKey[] = "tally-test-strict";
inline constexpr char kTestRecordedAtKey[] = "tally-test-recorded-at";

struct LedgerAccess {
  std::shared_ptr<Ledger> ledger;
  // Whether a call may say when its events are recorded, and what this one
  // says.
  bool may_set_recorded_at = false;
  std::optional<Instant> recorded_at;
};

class LedgerSource {
 public:
  virtual ~LedgerSource() = default;

  // Of a call; from any thread. INVALID_ARGUMENT for metadata that is not for
  // this server.
  virtual absl::StatusOr<LedgerAccess> For(
      const grpc::ServerContextBase& context) = 0;
  // Lets what is overdue lapse.
  virtual void Tick() = 0;
  // Signs what is durable, if anything came since it was signed last.
  virtual void MakeCheckpoint() = 0;
  // OK while events are taken; else why not.
  virtual absl::Status writes() const = 0;
  // Finishes what the ledgers have been given; they take no more.
  virtual void Close() = 0;
};

// One ledger for all calls.
class OneLedger final : public LedgerSource {
 public:
  explicit OneLedger(std::shared_ptr<Ledger> ledger);

  absl::StatusOr<LedgerAccess> For(
      const grpc::ServerContextBase& context) override;
  void Tick() override;
  void MakeCheckpoint() override;
  absl::Status writes() const override;
  void Close() override;

 private:
  const std::shared_ptr<Ledger> ledger_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_LEDGER_SOURCE_H_
