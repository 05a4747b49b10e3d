#include "services/admin_service.h"

#include <unistd.h>

#include <vector>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/audit_head.h"
#include "engine/ledger/backup.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/reader.h"
#include "fmt/format.h"
#include "services/arguments.h"
#include "services/errors.h"
#include "services/system_clock.h"
#include "services/wire/encode.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

// Of the records of one answer, beyond which none is added.
constexpr size_t kRecordBytesMax = size_t{4} << 20;

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

// What follows a checkpoint that covers all that was asked for.
absl::Status AnswerGetAuditHead(const Ledger& ledger,
                                const v1::GetAuditHeadRequest& in,
                                v1::GetAuditHeadResponse* out) {
  Arguments arguments;
  const auto first =
      arguments.OptionalPosition("first_position", true, in.first_position());
  const auto last = arguments.OptionalPosition(
      "last_position", in.has_last_position(), in.last_position());
  if (in.other_positions_size() > static_cast<int>(kAuditOthersMax)) {
    arguments.fields().Argument("other_positions",
                                std::to_string(in.other_positions_size()),
                                std::to_string(kAuditOthersMax));
  }
  RETURN_IF_ERROR(arguments.status());
  const Journal& journal = ledger.reader().journal();
  const Position end = last.has_value() ? *last + 1 : journal.head().size;
  if (*first >= end || end > journal.head().size) {
    return absl::OutOfRangeError(
        fmt::format("positions {} to {}: the log has {} events", *first,
                    end - 1, journal.head().size));
  }
  ASSIGN_OR_RETURN(const SignedCheckpoint covering,
                   ledger.checkpoints().Covering(end - 1));
  const std::vector<Position> others(in.other_positions().begin(),
                                     in.other_positions().end());
  ASSIGN_OR_RETURN(const AuditHead head,
                   MakeAuditHead(journal, ledger.checkpoints().table(),
                                 covering, *first, end, others));
  SetStanding(ledger.standing(), out);
  out->set_first_position(*first);
  out->set_last_position(end - 1);
  out->set_head(EncodeAuditHead(head));
  return absl::OkStatus();
}

absl::Status AnswerListRecords(const Ledger& ledger,
                               const v1::ListRecordsRequest& in,
                               v1::ListRecordsResponse* out) {
  Arguments arguments;
  const auto first =
      arguments.OptionalPosition("first_position", true, in.first_position());
  const auto last =
      arguments.OptionalPosition("last_position", true, in.last_position());
  RETURN_IF_ERROR(arguments.status());
  const Journal& journal = ledger.reader().journal();
  if (*first > *last || *last >= journal.head().size) {
    return absl::OutOfRangeError(
        fmt::format("positions {} to {}: the log has {} events", *first, *last,
                    journal.head().size));
  }
  ASSIGN_OR_RETURN(const auto reader, journal.Read(*first));
  size_t bytes = 0;
  for (Position at = *first; at <= *last && bytes < kRecordBytesMax; ++at) {
    ASSIGN_OR_RETURN(const bool more, reader->Next());
    if (!more) break;
    out->add_records(std::string(reader->record()));
    bytes += reader->record().size();
  }
  SetStanding(ledger.standing(), out);
  return absl::OkStatus();
}

absl::Status AnswerPutDetails(Details* details, const v1::PutDetailsRequest& in,
                              v1::PutDetailsResponse* out) {
  Sha256Digest salt;
  TALLY_CHECK(::getentropy(salt.data(), salt.size()) == 0);
  ASSIGN_OR_RETURN(*out->mutable_reference(), details->Put(salt, in.text()));
  return absl::OkStatus();
}

absl::Status AnswerGetDetails(Details* details, const v1::GetDetailsRequest& in,
                              v1::GetDetailsResponse* out) {
  ASSIGN_OR_RETURN(const DetailsRow row, details->Get(in.reference()));
  out->set_text(row.text);
  out->set_salt(row.salt);
  if (row.erased.has_value()) {
    wire::Encode(row.erased->at, out->mutable_erase_time());
    out->set_erase_reason(row.erased->reason);
  }
  return absl::OkStatus();
}

absl::Status AnswerEraseDetails(Details* details,
                                const v1::EraseDetailsRequest& in,
                                v1::EraseDetailsResponse* out) {
  const SystemClock clock;
  ASSIGN_OR_RETURN(const Erasure erased,
                   details->Erase(in.reference(),
                                  {.at = clock.Now(), .reason = in.reason()}));
  wire::Encode(erased.at, out->mutable_erase_time());
  return absl::OkStatus();
}

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* AdminService::OfDetails(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out,
    absl::Status (*answer)(Details*, const Request&, Response*)) {
  return reads_->AnswerBy<Request, Response>(
      context, in, out,
      [details = details_, answer](const Ledger&, const Request& request,
                                   Response* response) {
        if (details != nullptr) return answer(details, request, response);
        return Error(absl::StatusCode::kFailedPrecondition, "NO_DETAILS",
                     "this server keeps its ledgers in memory, and no details");
      });
}

grpc::ServerUnaryReactor* AdminService::GetAuditHead(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetAuditHead);
}

grpc::ServerUnaryReactor* AdminService::ListRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerListRecords);
}

grpc::ServerUnaryReactor* AdminService::PutDetails(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return OfDetails(context, in, out, AnswerPutDetails);
}

grpc::ServerUnaryReactor* AdminService::GetDetails(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return OfDetails(context, in, out, AnswerGetDetails);
}

grpc::ServerUnaryReactor* AdminService::EraseDetails(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return OfDetails(context, in, out, AnswerEraseDetails);
}

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
