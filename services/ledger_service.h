// Posts events and reads them back.
//
// Nothing waits in a reaction: posts are answered by the ledger when they are
// durable, reads by the worker threads.

#ifndef TALLY_SERVICES_LEDGER_SERVICE_H_
#define TALLY_SERVICES_LEDGER_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/event_stream.h"
#include "services/ledger_source.h"
#include "services/long_calls.h"
#include "services/messages.h"
#include "services/reads.h"
#include "services/worker_pool.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"

namespace tally::services {

// Every method takes raw bytes: the bases say so one by one.
using LedgerApi = tallystick::v1::LedgerService;
using RawPosts = LedgerApi::WithRawCallbackMethod_PostEvents<
    LedgerApi::WithRawCallbackMethod_StreamEvents<LedgerApi::Service>>;
using RawLedgerService = LedgerApi::WithRawCallbackMethod_GetEvent<
    LedgerApi::WithRawCallbackMethod_ListEvents<
        LedgerApi::WithRawCallbackMethod_WatchEvents<RawPosts>>>;

class LedgerService final : public RawLedgerService {
 public:
  // What it needs; all must outlive it.
  struct Rooms {
    LedgerSource* ledgers;
    WorkerPool* workers;
    LongCalls* calls;
    Reads* reads;
    Gate* gate;
  };

  LedgerService(const Rooms& rooms, const EventStream::Options& options)
      : rooms_(rooms), options_(options) {}

  grpc::ServerUnaryReactor* PostEvents(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamEvents(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* GetEvent(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListEvents(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchEvents(
      grpc::CallbackServerContext* context,
      const grpc::ByteBuffer* in) override;

 private:
  absl::Status Post(grpc::CallbackServerContext* context,
                    const grpc::ByteBuffer& in, grpc::ByteBuffer* out,
                    grpc::ServerUnaryReactor* reactor);
  absl::StatusOr<grpc::ServerWriteReactor<grpc::ByteBuffer>*> Watch(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer& in);

  const Rooms rooms_;
  const EventStream::Options options_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_LEDGER_SERVICE_H_
