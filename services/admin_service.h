// What whoever runs the server does to it while it runs.

#ifndef TALLY_SERVICES_ADMIN_SERVICE_H_
#define TALLY_SERVICES_ADMIN_SERVICE_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "engine/ledger/details.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/reads.h"
#include "tallystick/v1/admin_service.grpc.pb.h"

namespace tally::services {

// Every method takes raw bytes: the bases say so one by one.
using AdminApi = tallystick::v1::AdminService;
using RawRecords = AdminApi::WithRawCallbackMethod_CreateBackup<
    AdminApi::WithRawCallbackMethod_GetAuditHead<
        AdminApi::WithRawCallbackMethod_ListRecords<AdminApi::Service>>>;
using RawAdminService = AdminApi::WithRawCallbackMethod_PutDetails<
    AdminApi::WithRawCallbackMethod_GetDetails<
        AdminApi::WithRawCallbackMethod_EraseDetails<RawRecords>>>;

class AdminService final : public RawAdminService {
 public:
  // Both must outlive it. `backup_folder` may be empty: no backups; `details`
  // nullptr: none are kept.
  AdminService(Reads* reads, std::string backup_folder, Details* details)
      : reads_(reads),
        backup_folder_(std::move(backup_folder)),
        details_(details) {}

  grpc::ServerUnaryReactor* CreateBackup(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetAuditHead(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListRecords(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in,
                                        grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* PutDetails(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetDetails(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* in,
                                       grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* EraseDetails(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;

 private:
  // Answers of the store of details, if there is one.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* OfDetails(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
      grpc::ByteBuffer* out,
      absl::Status (*answer)(Details*, const Request&, Response*));

  Reads* const reads_;
  const std::string backup_folder_;
  Details* const details_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_ADMIN_SERVICE_H_
