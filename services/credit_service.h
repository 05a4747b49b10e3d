// Reads credits and what they were redeemed for. Every method is a question to
// the ledger; see reads.h for how it is answered.

#ifndef TALLY_SERVICES_CREDIT_SERVICE_H_
#define TALLY_SERVICES_CREDIT_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/reads.h"
#include "tallystick/v1/credit_service.grpc.pb.h"

namespace tally::services {

// Every method takes raw bytes: the bases say so one by one.
using CreditApi = tallystick::v1::CreditService;
using RawBlocks = CreditApi::WithRawCallbackMethod_ListHoldings<
    CreditApi::WithRawCallbackMethod_GetBlock<
        CreditApi::WithRawCallbackMethod_ListBlocks<
            CreditApi::WithRawCallbackMethod_ListCredits<CreditApi::Service>>>>;
using RawCreditService = CreditApi::WithRawCallbackMethod_GetRedemption<
    CreditApi::WithRawCallbackMethod_ListRedemptions<
        CreditApi::WithRawCallbackMethod_GetCover<RawBlocks>>>;

class CreditService final : public RawCreditService {
 public:
  // Must outlive it.
  explicit CreditService(Reads* reads) : reads_(reads) {}

  grpc::ServerUnaryReactor* ListHoldings(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetBlock(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListBlocks(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListCredits(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetRedemption(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListRedemptions(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetCover(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override;

 private:
  Reads* const reads_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_CREDIT_SERVICE_H_
