#include "services/proof_service.h"

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/ledger/checkpoints.h"
#include "engine/ledger/proof_queries.h"
#include "services/arguments.h"
#include "services/errors.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

// The longest signature line that is looked at.
constexpr size_t kSignatureBytesMax = 4096;

std::string BytesOf(const Sha256Digest& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

template <typename Message>
void EncodePath(const Proof& path, Message* out) {
  for (const Sha256Digest& hash : path) out->add_path(BytesOf(hash));
}

void Encode(const SignedCheckpoint& in, v1::Checkpoint* out) {
  out->set_origin(in.tree.origin);
  out->set_tree_size(in.tree.head.size);
  out->set_root_hash(BytesOf(in.tree.head.root));
  out->set_note(in.note);
  for (const std::string& line : in.cosignatures) {
    out->add_witness_signatures(line);
  }
}

std::optional<int64_t> OptionalSize(std::string_view name, bool given,
                                    int64_t value, Arguments* arguments) {
  return arguments->OptionalPosition(name, given, value);
}

absl::Status AnswerGetCheckpoint(const Ledger& ledger,
                                 const v1::GetCheckpointRequest& in,
                                 v1::GetCheckpointResponse* out) {
  Arguments arguments;
  const auto size =
      OptionalSize("tree_size", in.has_tree_size(), in.tree_size(), &arguments);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const CheckpointAnswer answer, GetCheckpoint(ledger, size));
  SetStanding(ledger.standing(), out);
  Encode(answer.checkpoint, out->mutable_checkpoint());
  for (const tally::LogKey& key : answer.keys) {
    v1::LogKey* added = out->add_keys();
    added->set_verifier_key(key.key.ToString());
    added->set_from_tree_size(key.from_size);
  }
  return absl::OkStatus();
}

absl::StatusOr<Receipt> FindReceipt(const Ledger& ledger,
                                    const v1::GetReceiptRequest& in) {
  Arguments arguments;
  if (in.key_case() == v1::GetReceiptRequest::kId) {
    const Uuid id = arguments.fields().EventId("id", in.id());
    RETURN_IF_ERROR(arguments.status());
    return GetReceiptOf(ledger, id);
  }
  const auto position = arguments.OptionalPosition(
      "position", in.key_case() == v1::GetReceiptRequest::kPosition,
      in.position());
  if (in.key_case() == v1::GetReceiptRequest::KEY_NOT_SET) {
    arguments.fields().Argument("key", "", "an id or a position");
  }
  RETURN_IF_ERROR(arguments.status());
  return GetReceipt(ledger, *position);
}

absl::Status AnswerGetReceipt(const Ledger& ledger,
                              const v1::GetReceiptRequest& in,
                              v1::GetReceiptResponse* out) {
  ASSIGN_OR_RETURN(const Receipt receipt, FindReceipt(ledger, in));
  SetStanding(ledger.standing(), out);
  out->set_position(receipt.position);
  out->set_record(receipt.record);
  EncodePath(receipt.path, out);
  Encode(receipt.checkpoint, out->mutable_checkpoint());
  out->set_verifier_key(receipt.verifier_key);
  out->set_file(FormatReceipt(receipt));
  return absl::OkStatus();
}

absl::Status AnswerGetInclusionProof(const Ledger& ledger,
                                     const v1::GetInclusionProofRequest& in,
                                     v1::GetInclusionProofResponse* out) {
  Arguments arguments;
  const auto position =
      arguments.OptionalPosition("position", true, in.position());
  const auto size =
      OptionalSize("tree_size", in.has_tree_size(), in.tree_size(), &arguments);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const InclusionAnswer answer,
                   GetInclusionProof(ledger, *position, size));
  SetStanding(ledger.standing(), out);
  out->set_tree_size(answer.head.size);
  out->set_root_hash(BytesOf(answer.head.root));
  out->set_leaf_hash(BytesOf(answer.leaf_hash));
  EncodePath(answer.path, out);
  return absl::OkStatus();
}

absl::Status AnswerGetConsistencyProof(const Ledger& ledger,
                                       const v1::GetConsistencyProofRequest& in,
                                       v1::GetConsistencyProofResponse* out) {
  Arguments arguments;
  const auto old_size =
      OptionalSize("old_tree_size", true, in.old_tree_size(), &arguments);
  const auto new_size = OptionalSize("new_tree_size", in.has_new_tree_size(),
                                     in.new_tree_size(), &arguments);
  RETURN_IF_ERROR(arguments.status());
  ASSIGN_OR_RETURN(const ConsistencyAnswer answer,
                   GetConsistencyProof(ledger, *old_size, new_size));
  SetStanding(ledger.standing(), out);
  out->set_tree_size(answer.new_head.size);
  out->set_root_hash(BytesOf(answer.new_head.root));
  out->set_old_tree_size(answer.old_head.size);
  out->set_old_root_hash(BytesOf(answer.old_head.root));
  EncodePath(answer.path, out);
  return absl::OkStatus();
}

absl::Status AnswerGetTile(const Ledger& ledger, const v1::GetTileRequest& in,
                           v1::GetTileResponse* out) {
  Arguments arguments;
  if (in.level() < 0 || in.level() >= kTileLevels) {
    arguments.fields().Argument("level", std::to_string(in.level()), "0 to 7");
  }
  arguments.OptionalPosition("index", true, in.index());
  if (in.width() < 0 || in.width() > kTileHashes) {
    arguments.fields().Argument("width", std::to_string(in.width()),
                                "1 to 256, or left out");
  }
  RETURN_IF_ERROR(arguments.status());
  const TileId tile{.level = in.level(), .index = in.index()};
  ASSIGN_OR_RETURN(const TileAnswer answer, GetTile(ledger, tile, in.width()));
  SetStanding(ledger.standing(), out);
  out->set_path(TilePath(tile, answer.width));
  out->set_hashes(answer.bytes);
  return absl::OkStatus();
}

absl::Status AnswerAddWitnessSignature(const Ledger& ledger,
                                       const v1::AddWitnessSignatureRequest& in,
                                       v1::AddWitnessSignatureResponse* out) {
  Arguments arguments;
  arguments.OptionalPosition("checkpoint_tree_size", true,
                             in.checkpoint_tree_size());
  if (in.signature().empty() || in.signature().size() > kSignatureBytesMax) {
    arguments.fields().Argument("signature", "", "one signature line");
  }
  RETURN_IF_ERROR(arguments.status());
  std::string line = in.signature();
  if (!line.ends_with('\n')) line += '\n';
  const absl::StatusOr<SignedCheckpoint> checkpoint =
      ledger.checkpoints().AddCosignature(in.checkpoint_tree_size(), line);
  if (absl::IsInvalidArgument(checkpoint.status())) {
    return BadField("signature", "",
                    std::string(MessageOf(checkpoint.status())));
  }
  RETURN_IF_ERROR(checkpoint.status());
  SetStanding(ledger.standing(), out);
  Encode(*checkpoint, out->mutable_checkpoint());
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* ProofService::GetCheckpoint(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetCheckpoint);
}

grpc::ServerUnaryReactor* ProofService::GetReceipt(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetReceipt);
}

grpc::ServerUnaryReactor* ProofService::GetInclusionProof(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetInclusionProof);
}

grpc::ServerUnaryReactor* ProofService::GetConsistencyProof(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetConsistencyProof);
}

grpc::ServerUnaryReactor* ProofService::GetTile(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerGetTile);
}

grpc::ServerUnaryReactor* ProofService::AddWitnessSignature(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
    grpc::ByteBuffer* out) {
  return reads_->Answer(context, in, out, AnswerAddWitnessSignature);
}

}  // namespace tally::services
