// Proves what is in the log. Every method is a question to the ledger; see
// reads.h for how it is answered.

#ifndef TALLY_SERVICES_PROOF_SERVICE_H_
#define TALLY_SERVICES_PROOF_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/reads.h"
#include "tallystick/v1/proof_service.grpc.pb.h"

namespace tally::services {

// Every method takes raw bytes: the bases say so one by one.
using ProofApi = tallystick::v1::ProofService;
using RawProofs = ProofApi::WithRawCallbackMethod_GetCheckpoint<
    ProofApi::WithRawCallbackMethod_GetReceipt<
        ProofApi::WithRawCallbackMethod_GetInclusionProof<ProofApi::Service>>>;
using RawProofService = ProofApi::WithRawCallbackMethod_GetConsistencyProof<
    ProofApi::WithRawCallbackMethod_GetTile<
        ProofApi::WithRawCallbackMethod_AddWitnessSignature<RawProofs>>>;

class ProofService final : public RawProofService {
 public:
  // Must outlive it.
  explicit ProofService(Reads* reads) : reads_(reads) {}

  grpc::ServerUnaryReactor* GetCheckpoint(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetReceipt(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetInclusionProof(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetConsistencyProof(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetTile(grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* in,
                                    grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* AddWitnessSignature(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out) override;

 private:
  Reads* const reads_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_PROOF_SERVICE_H_
