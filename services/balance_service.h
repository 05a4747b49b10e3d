// Reads balances, statements and shipments. Every method is a question to
// the ledger; see reads.h for how it is answered.

#ifndef TALLY_SERVICES_BALANCE_SERVICE_H_
#define TALLY_SERVICES_BALANCE_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/reads.h"
#include "tallystick/v1/balance_service.grpc.pb.h"

namespace tally::services {

// Every method takes raw bytes: the bases say so one by one.
using BalanceApi = tallystick::v1::BalanceService;
using RawBalances = BalanceApi::WithRawCallbackMethod_GetBalance<
    BalanceApi::WithRawCallbackMethod_ListBalances<
        BalanceApi::WithRawCallbackMethod_ListEntries<BalanceApi::Service>>>;
using RawShipments = BalanceApi::WithRawCallbackMethod_GetShipment<
    BalanceApi::WithRawCallbackMethod_ListShipments<RawBalances>>;
using RawBalanceService = BalanceApi::WithRawCallbackMethod_GetPeriod<
    BalanceApi::WithRawCallbackMethod_ListPeriods<
        BalanceApi::WithRawCallbackMethod_GetPercentage<RawShipments>>>;

class BalanceService final : public RawBalanceService {
 public:
  // Must outlive it.
  explicit BalanceService(Reads* reads) : reads_(reads) {}

  grpc::ServerUnaryReactor* GetBalance(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListBalances(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListEntries(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetShipment(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListShipments(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetPeriod(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* in,
                                      grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListPeriods(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetPercentage(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;

 private:
  Reads* const reads_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_BALANCE_SERVICE_H_
