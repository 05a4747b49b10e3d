// Answers reads: decodes the question, asks the ledger on a worker thread,
// encodes the answer.
//
//   grpc::ServerUnaryReactor* GetLot(grpc::CallbackServerContext* context,
//                                    const grpc::ByteBuffer* in,
//                                    grpc::ByteBuffer* out) override {
//     return reads_->Answer(context, in, out, AnswerGetLot);
//   }

#ifndef TALLY_SERVICES_READS_H_
#define TALLY_SERVICES_READS_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "engine/ledger/ledger.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/gate.h"
#include "services/ledger_source.h"
#include "services/messages.h"
#include "services/worker_pool.h"

namespace tally::services {

class Reads {
 public:
  // All must outlive it.
  Reads(LedgerSource* ledgers, WorkerPool* workers, Gate* gate,
        RequestLimits limits)
      : ledgers_(ledgers), workers_(workers), gate_(gate), limits_(limits) {}

  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Answer(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out,
      absl::Status (*read)(const Ledger&, const Request&, Response*)) {
    return AnswerBy<Request, Response>(context, in, out, read);
  }

  // Likewise, by something that knows more than the ledger.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* AnswerBy(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out,
      std::function<absl::Status(const Ledger&, const Request&, Response*)>
          read) {
    const Read answer = [this, in, out, read = std::move(read)](
                            const Ledger& ledger, const Caller& caller) {
      Request request;
      absl::Status status = ReadMessage(*in, limits_, &request);
      if (!status.ok()) return status;
      status = gate_->MayAsk(ledger, caller, &request);
      if (!status.ok()) return status;
      Response response;
      status = read(ledger, request, &response);
      if (!status.ok()) return gate_->Missing(ledger, caller, request, status);
      status = gate_->MayHear(ledger, caller, request, &response);
      if (status.ok()) WriteMessage(response, out);
      return status;
    };
    return Start(context, *Request::descriptor(), answer);
  }

 private:
  using Read = std::function<absl::Status(const Ledger&, const Caller&)>;

  grpc::ServerUnaryReactor* Start(grpc::CallbackServerContext* context,
                                  const google::protobuf::Descriptor& request,
                                  Read read);

  LedgerSource* const ledgers_;
  WorkerPool* const workers_;
  Gate* const gate_;
  const RequestLimits limits_;
};

// Writes where the ledger stood into an answer.
template <typename Response>
void SetStanding(const Standing& standing, Response* out) {
  out->set_as_of_position(standing.as_of);
  out->set_tree_size(standing.tree_size());
}

}  // namespace tally::services

#endif  // TALLY_SERVICES_READS_H_
