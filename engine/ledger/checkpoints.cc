#include "engine/ledger/checkpoints.h"

#include <algorithm>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/log/key_file.h"
#include "engine/log/merkle_proof.h"
#include "engine/log/note.h"
#include "fmt/format.h"

namespace tally {
namespace {

std::string OriginOf(const SigningOptions& options, const Uuid& ledger) {
  if (!options.origin.empty()) return options.origin;
  return fmt::format("tallystick/{}", ledger.ToString());
}

absl::Status NoKey() {
  return absl::FailedPreconditionError(
      "this ledger has no key to sign its log with");
}

}  // namespace

Checkpoints::Checkpoints(const Storage* storage, SigningOptions options)
    : storage_(storage),
      options_(std::move(options)),
      table_(storage->notes.get()) {}

absl::Status Checkpoints::Open() {
  for (const std::string& text : options_.witnesses) {
    absl::StatusOr<VerifierKey> key = VerifierKey::Parse(text);
    if (key.ok() && key->kind() != NoteKeyKind::kCosignature) {
      key = absl::InvalidArgumentError("it is not a witness's key (kind 4)");
    }
    if (!key.ok()) {
      return absl::InvalidArgumentError(
          fmt::format("witness key \"{}\": {}", text, MessageOf(key.status())));
    }
    witnesses_.push_back(*std::move(key));
  }
  RETURN_IF_ERROR(CheckNewest());
  RETURN_IF_ERROR(OpenKey());
  return key_.has_value() ? NoteKey() : absl::OkStatus();
}

absl::Status Checkpoints::OpenKey() {
  const std::string& path = options_.key_file;
  if (!path.empty()) {
    absl::StatusOr<SigningKey> read = ReadKeyFile(path);
    if (read.ok()) {
      key_ = *std::move(read);
      return absl::OkStatus();
    }
    if (!absl::IsNotFound(read.status())) return read.status();
  }
  if (!options_.new_key.has_value()) {
    return path.empty() ? absl::OkStatus()
                        : absl::NotFoundError(
                              fmt::format("there is no key file {}", path));
  }
  const std::string origin = OriginOf(options_, storage_->journal->ledger());
  if (!IsNoteName(origin)) {
    return absl::InvalidArgumentError(fmt::format(
        "log origin \"{}\": must be 1 to {} bytes without white space and +",
        origin, kNoteNameBytesMax));
  }
  RETURN_IF_ERROR(CheckNotFormer(origin).status());
  key_.emplace(origin, NoteKeyKind::kEd25519, *options_.new_key);
  notice_.was_made = true;
  return path.empty() ? absl::OkStatus() : CreateKeyFile(path, *key_);
}

// How many of the log's keys are those of the log that it was restored from.
// Under their names that log was signed: what this one signs must not be taken
// for a continuation of it.
absl::StatusOr<int64_t> Checkpoints::CheckNotFormer(
    const std::string& name) const {
  ASSIGN_OR_RETURN(const std::vector<LogFork> forks, table_.Forks());
  if (forks.empty()) return 0;
  ASSIGN_OR_RETURN(const std::vector<LogKey> keys, table_.Keys());
  const int64_t former =
      std::min<int64_t>(forks.back().keys, static_cast<int64_t>(keys.size()));
  for (size_t i = 0; i < static_cast<size_t>(former); ++i) {
    if (keys[i].key.name() != name) continue;
    return absl::FailedPreconditionError(fmt::format(
        "this log is a restored copy that goes its own way after {} events of "
        "the log {}: it must be signed with a key of another name (log-origin)",
        forks.back().size, name));
  }
  return former;
}

// Keeps the verifier key for as long as the log, and tells of a new one.
absl::Status Checkpoints::NoteKey() {
  const VerifierKey& key = key_->verifier();
  if (key.kind() != NoteKeyKind::kEd25519) {
    return absl::FailedPreconditionError(
        fmt::format("{} is a witness's key, not a log's", key.ToString()));
  }
  if (!options_.origin.empty() && options_.origin != key.name()) {
    return absl::FailedPreconditionError(
        fmt::format("the log's key is named {}, but its origin is set to {}",
                    key.name(), options_.origin));
  }
  notice_.verifier_key = key.ToString();
  ASSIGN_OR_RETURN(const std::vector<LogKey> known, table_.Keys());
  ASSIGN_OR_RETURN(const int64_t others, CheckNotFormer(key.name()));
  for (size_t i = static_cast<size_t>(others); i < known.size(); ++i) {
    const LogKey& former = known[i];
    if (former.key.name() != key.name()) {
      return absl::FailedPreconditionError(
          fmt::format("the key is that of the log {}, but this log is {}",
                      key.name(), former.key.name()));
    }
    if (former.key != key) notice_.former.push_back(former.key.ToString());
  }
  if (!known.empty() && known.back().key == key) return absl::OkStatus();
  notice_.is_new = true;
  return table_.PutKey(
      {.from_size = storage_->journal->head().size, .key = key});
}

absl::Status Checkpoints::CheckNewest() const {
  ASSIGN_OR_RETURN(const auto newest, table_.Newest());
  if (!newest.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<LogKey> keys, table_.Keys());
  RETURN_IF_ERROR(CheckSigned(*newest, keys));
  const TreeHead& signed_head = newest->tree.head;
  const int64_t size = storage_->journal->head().size;
  if (signed_head.size > size) {
    return absl::DataLossError(fmt::format(
        "the log ends at position {}, but all before {} was signed for", size,
        signed_head.size));
  }
  ASSIGN_OR_RETURN(const Sha256Digest root,
                   RootAt(storage_->journal->tree(), signed_head.size));
  if (root == signed_head.root) return absl::OkStatus();
  return absl::DataLossError(
      fmt::format("the first {} records are not the ones that were signed for",
                  signed_head.size));
}

absl::StatusOr<SignedCheckpoint> Checkpoints::Make() {
  if (!key_.has_value()) return NoKey();
  MutexLock lock(&mutex_);
  const TreeHead head = storage_->journal->head();
  ASSIGN_OR_RETURN(auto newest, table_.Newest());
  if (newest.has_value() && newest->tree.head.size >= head.size) {
    return *std::move(newest);
  }
  return Sign(head);
}

absl::StatusOr<SignedCheckpoint> Checkpoints::Sign(const TreeHead& head) {
  const VerifierKey& key = key_->verifier();
  SignedCheckpoint checkpoint{.tree = {.origin = key.name(), .head = head},
                              .note = {},
                              .cosignatures = {}};
  const std::string text = FormatTreeNote(checkpoint.tree);
  checkpoint.note =
      FormatNote({.text = text, .signatures = {key_->Sign(text)}});
  RETURN_IF_ERROR(table_.Put(checkpoint.tree, checkpoint.note));
  return checkpoint;
}

absl::StatusOr<SignedCheckpoint> Checkpoints::Covering(Position position) {
  ASSIGN_OR_RETURN(auto found, table_.AtOrAbove(position + 1));
  if (found.has_value()) return *std::move(found);
  ASSIGN_OR_RETURN(SignedCheckpoint made, Make());
  if (made.tree.head.size <= position) {
    return absl::NotFoundError(fmt::format("no event {}", position));
  }
  // Another thread may have made one in between, of a smaller tree.
  ASSIGN_OR_RETURN(found, table_.AtOrAbove(position + 1));
  return found.has_value() ? *std::move(found) : std::move(made);
}

absl::StatusOr<SignedCheckpoint> Checkpoints::OfSize(int64_t size) const {
  ASSIGN_OR_RETURN(auto found, table_.AtOrAbove(size));
  if (found.has_value() && found->tree.head.size == size) {
    return *std::move(found);
  }
  return absl::NotFoundError(
      fmt::format("the tree of {} leaves was not signed", size));
}

absl::StatusOr<NoteSignature> Checkpoints::CheckWitness(
    const SignedCheckpoint& checkpoint, const std::string& line) const {
  ASSIGN_OR_RETURN(NoteSignature signature, ParseSignatureLine(line));
  const auto witness =
      std::find_if(witnesses_.begin(), witnesses_.end(),
                   [&](const VerifierKey& key) { return key.Owns(signature); });
  if (witness == witnesses_.end()) {
    return absl::InvalidArgumentError(fmt::format(
        "{} with key {:08x} is not a witness that this ledger knows",
        signature.name, signature.key_id));
  }
  if (!witness->Verify(FormatTreeNote(checkpoint.tree), signature)) {
    return absl::InvalidArgumentError(fmt::format(
        "the signature of {} does not fit the checkpoint of size {}",
        signature.name, checkpoint.tree.head.size));
  }
  return signature;
}

absl::StatusOr<SignedCheckpoint> Checkpoints::AddCosignature(
    int64_t size, const std::string& line) {
  ASSIGN_OR_RETURN(const SignedCheckpoint checkpoint, OfSize(size));
  ASSIGN_OR_RETURN(const NoteSignature signature,
                   CheckWitness(checkpoint, line));
  MutexLock lock(&mutex_);
  RETURN_IF_ERROR(table_.PutCosignature(size, signature));
  return OfSize(size);
}

}  // namespace tally
