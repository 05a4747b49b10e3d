#include "services/admin_service.h"

#include "engine/base/status_macros.h"
#include "engine/ledger/backup.h"
#include "services/errors.h"
#include "services/system_clock.h"
#include "services/wire/encode.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

void Encode(const Backup& in, v1::Backup* out) {
  out->set_id(in.id);
  out->set_ledger(in.ledger.ToString());
  wire::Encode(in.taken_at, out->mutable_create_time());
  out->set_tree_size(in.head.size);
  out->set_root_hash(in.head.root.data(), in.head.root.size());
  out->set_checkpoint(in.checkpoint);
  out->set_size_bytes(in.bytes);
}

absl::Status AnswerCreateBackup(const std::string& folder, const Ledger& ledger,
                                v1::CreateBackupResponse* out) {
  if (folder.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition, "NO_BACKUP_FOLDER",
                 "the server was started without backup-folder");
  }
  const SystemClock clock;
  ASSIGN_OR_RETURN(const Backup backup, CreateBackup(ledger, folder, clock));
  SetStanding(ledger.standing(), out);
  Encode(backup, out->mutable_backup());
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* AdminService::CreateBackup(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->AnswerBy<v1::CreateBackupRequest, v1::CreateBackupResponse>(
      context, in, out,
      [this](const Ledger& ledger, const v1::CreateBackupRequest&,
             v1::CreateBackupResponse* answer) {
        return AnswerCreateBackup(backup_folder_, ledger, answer);
      });
}

}  // namespace tally::services
