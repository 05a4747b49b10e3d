#include "services/ledger_source.h"

#include <string>
#include <utility>

#include "engine/ledger/checkpoints.h"
#include "fmt/format.h"
#include "services/errors.h"

namespace tally::services {

OneLedger::OneLedger(std::shared_ptr<Ledger> ledger)
    : ledger_(std::move(ledger)) {}

absl::StatusOr<LedgerAccess> OneLedger::For(
    const grpc::ServerContextBase& context) {
  const auto& metadata = context.client_metadata();
  for (const char* key : {kTestLedgerKey, kTestStrictKey, kTestRecordedAtKey}) {
    if (!metadata.contains(key)) continue;
    return Error(absl::StatusCode::kInvalidArgument, "NOT_A_TEST_SERVER",
                 fmt::format("metadata {}: only a server that was started "
                             "with --test-mode takes it",
                             key),
                 {{"metadata", key}});
  }
  return LedgerAccess{.ledger = ledger_};
}

void OneLedger::Tick() {
  // A ledger that takes nothing now is asked again in a moment.
  ledger_->Tick({}).IgnoreError();
}

void OneLedger::MakeCheckpoint() {
  // A ledger without a key signs nothing; one that cannot write says so by
  // writes().
  ledger_->checkpoints().Make().status().IgnoreError();
}

absl::Status OneLedger::writes() const { return ledger_->health().writes; }

void OneLedger::Close() { ledger_->Close(); }

}  // namespace tally::services
