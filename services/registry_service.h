// Reads what the registry events have defined. Every method is a question to
// the ledger; see reads.h for how it is answered.

#ifndef TALLY_SERVICES_REGISTRY_SERVICE_H_
#define TALLY_SERVICES_REGISTRY_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/reads.h"
#include "tallystick/v1/registry_service.grpc.pb.h"

namespace tally::services {

// Every method takes raw bytes: the bases say so one by one.
using RegistryApi = tallystick::v1::RegistryService;
using RawSchemes = RegistryApi::WithRawCallbackMethod_GetScheme<
    RegistryApi::WithRawCallbackMethod_ListSchemes<RegistryApi::Service>>;
using RawProducts = RegistryApi::WithRawCallbackMethod_GetProduct<
    RegistryApi::WithRawCallbackMethod_ListProducts<RawSchemes>>;
using RawParties = RegistryApi::WithRawCallbackMethod_GetParty<
    RegistryApi::WithRawCallbackMethod_ListParties<RawProducts>>;
using RawSites = RegistryApi::WithRawCallbackMethod_GetSite<
    RegistryApi::WithRawCallbackMethod_ListSites<RawParties>>;
using RawRegistryService = RegistryApi::WithRawCallbackMethod_GetCertificate<
    RegistryApi::WithRawCallbackMethod_ListCertificates<
        RegistryApi::WithRawCallbackMethod_ListGroupMembers<RawSites>>>;

class RegistryService final : public RawRegistryService {
 public:
  // Must outlive it.
  explicit RegistryService(Reads* reads) : reads_(reads) {}

  grpc::ServerUnaryReactor* GetScheme(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* in,
                                      grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListSchemes(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetProduct(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListProducts(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetParty(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* in,
                                     grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListParties(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetSite(grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* in,
                                    grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListSites(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* in,
                                      grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetCertificate(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* in,
                                           grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListCertificates(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListGroupMembers(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out) override;

 private:
  Reads* const reads_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_REGISTRY_SERVICE_H_
