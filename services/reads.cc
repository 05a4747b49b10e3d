#include "services/reads.h"

#include <utility>

#include "services/errors.h"

namespace tally::services {

grpc::ServerUnaryReactor* Reads::Start(grpc::CallbackServerContext* context,
                                       Read read) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<LedgerAccess> access = ledgers_->For(*context);
  if (!access.ok()) {
    reactor->Finish(ToGrpc(access.status()));
    return reactor;
  }
  auto job = [context, reactor, ledger = std::move(access->ledger),
              read = std::move(read)] {
    if (context->IsCancelled()) {
      reactor->Finish(grpc::Status::CANCELLED);
      return;
    }
    reactor->Finish(ToGrpc(read(*ledger)));
  };
  if (!workers_->TryRun(std::move(job))) {
    reactor->Finish(
        ToGrpc(Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_READS",
                     "too many reads wait for an answer")));
  }
  return reactor;
}

}  // namespace tally::services
