// What whoever runs the server does to it while it runs.

#ifndef TALLY_SERVICES_ADMIN_SERVICE_H_
#define TALLY_SERVICES_ADMIN_SERVICE_H_

#include <string>
#include <utility>

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/reads.h"
#include "tallystick/v1/admin_service.grpc.pb.h"

namespace tally::services {

using AdminApi = tallystick::v1::AdminService;
using RawAdminService =
    AdminApi::WithRawCallbackMethod_CreateBackup<AdminApi::Service>;

class AdminService final : public RawAdminService {
 public:
  // `reads` must outlive it. `backup_folder` may be empty: no backups.
  AdminService(Reads* reads, std::string backup_folder)
      : reads_(reads), backup_folder_(std::move(backup_folder)) {}

  grpc::ServerUnaryReactor* CreateBackup(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;

 private:
  Reads* const reads_;
  const std::string backup_folder_;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_ADMIN_SERVICE_H_
