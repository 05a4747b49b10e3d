#include "services/reads.h"

#include <utility>

#include "services/errors.h"

namespace tally::services {

grpc::ServerUnaryReactor* Reads::Start(
    grpc::CallbackServerContext* context,
    const google::protobuf::Descriptor& request, Read read) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<Caller> caller = gate_->Admit(*context, request);
  if (!caller.ok()) {
    gate_->Refuse(caller.status(), reactor);
    return reactor;
  }
  absl::StatusOr<LedgerAccess> access = ledgers_->For(*context);
  if (!access.ok()) {
    reactor->Finish(ToGrpc(access.status()));
    return reactor;
  }
  const std::string principal = caller->principal;
  auto job = [context, reactor, ledger = std::move(access->ledger),
              caller = *std::move(caller), read = std::move(read)] {
    if (context->IsCancelled()) {
      reactor->Finish(grpc::Status::CANCELLED);
      return;
    }
    reactor->Finish(ToGrpc(read(*ledger, caller)));
  };
  if (!workers_->TryRun(principal, std::move(job))) {
    reactor->Finish(
        ToGrpc(Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_READS",
                     "too many reads wait for an answer")));
  }
  return reactor;
}

}  // namespace tally::services
