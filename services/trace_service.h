// Reads lots and where they come from and go to. Every method is a question to
// the ledger; see reads.h for how it is answered.

#ifndef TALLY_SERVICES_TRACE_SERVICE_H_
#define TALLY_SERVICES_TRACE_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/reads.h"
#include "tallystick/v1/trace_service.grpc.pb.h"

namespace tally::services {

// Every method takes raw bytes: the bases say so one by one.
using TraceApi = tallystick::v1::TraceService;
using RawTraceService = TraceApi::WithRawCallbackMethod_GetLot<
    TraceApi::WithRawCallbackMethod_TraceLot<
        TraceApi::WithRawCallbackMethod_GetFlags<
            TraceApi::WithRawCallbackMethod_ListAffected<TraceApi::Service>>>>;

class TraceService final : public RawTraceService {
 public:
  // Must outlive it.
  explicit TraceService(Reads* reads) : reads_(reads) {}

  grpc::ServerUnaryReactor* GetLot(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* in,
                                   grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* TraceLot(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetFlags(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListAffected(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;

 private:
  Reads* const reads_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_TRACE_SERVICE_H_
