#include "engine/log/checkpoint_table.h"

#include <cstring>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/log/note.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

// The first byte of a row's key says what the row is.
constexpr char kCheckpointRow = 'c';
constexpr char kForkRow = 'f';
constexpr char kKeyRow = 'k';
constexpr char kCosignatureRow = 'w';

std::string SizeKey(char row, int64_t size) {
  std::string key(1, row);
  AppendBig64(static_cast<uint64_t>(size), &key);
  return key;
}

std::string NumberKey(char row, size_t number) {
  std::string key(1, row);
  AppendBig32(static_cast<uint32_t>(number), &key);
  return key;
}

absl::Status Damaged(std::string_view what, const absl::Status& why) {
  return absl::DataLossError(
      fmt::format("{} is damaged: {}", what, MessageOf(why)));
}

}  // namespace

std::string SignedCheckpoint::WithCosignatures() const {
  std::string bytes = note;
  for (const std::string& line : cosignatures) bytes += line;
  return bytes;
}

absl::StatusOr<SignedCheckpoint> CheckpointTable::FromRow(
    const NoteRow& row) const {
  const auto size =
      static_cast<int64_t>(FixedReader(row.key.substr(1)).Big64());
  const std::string what = fmt::format("the checkpoint of size {}", size);
  const absl::StatusOr<Note> note = ParseNote(row.value);
  if (!note.ok()) return Damaged(what, note.status());
  absl::StatusOr<TreeNote> tree = ParseTreeNote(note->text);
  if (!tree.ok()) return Damaged(what, tree.status());
  if (tree->head.size != size) {
    return absl::DataLossError(
        fmt::format("{} is damaged: it says that it is "
                    "of size {}",
                    what, tree->head.size));
  }
  SignedCheckpoint checkpoint{
      .tree = *std::move(tree), .note = row.value, .cosignatures = {}};
  const std::string prefix = SizeKey(kCosignatureRow, size);
  std::string next = prefix;
  while (checkpoint.cosignatures.size() < kCosignaturesMax) {
    ASSIGN_OR_RETURN(const auto found, rows_->AtOrAfter(next));
    if (!found.has_value() || !found->key.starts_with(prefix)) break;
    checkpoint.cosignatures.push_back(found->value);
    next = found->key + '\0';
  }
  return checkpoint;
}

absl::StatusOr<std::optional<SignedCheckpoint>> CheckpointTable::AtOrAbove(
    int64_t size) const {
  ASSIGN_OR_RETURN(const auto row,
                   rows_->AtOrAfter(SizeKey(kCheckpointRow, size)));
  if (!row.has_value() || row->key.front() != kCheckpointRow) {
    return std::nullopt;
  }
  return FromRow(*row);
}

absl::StatusOr<std::optional<SignedCheckpoint>> CheckpointTable::Newest()
    const {
  ASSIGN_OR_RETURN(const auto row,
                   rows_->Before(std::string(1, kCheckpointRow + 1)));
  if (!row.has_value() || row->key.front() != kCheckpointRow) {
    return std::nullopt;
  }
  return FromRow(*row);
}

absl::StatusOr<std::vector<LogKey>> CheckpointTable::Keys() const {
  std::vector<LogKey> keys;
  std::string next(1, kKeyRow);
  while (true) {
    ASSIGN_OR_RETURN(const auto row, rows_->AtOrAfter(next));
    if (!row.has_value() || row->key.front() != kKeyRow) return keys;
    FixedReader reader(row->value);
    LogKey key{.from_size = static_cast<int64_t>(reader.Little64()), .key = {}};
    absl::StatusOr<VerifierKey> verifier = VerifierKey::Parse(reader.rest());
    if (!verifier.ok()) {
      return Damaged(fmt::format("key {} of the log", keys.size()),
                     verifier.status());
    }
    key.key = *std::move(verifier);
    keys.push_back(std::move(key));
    next = row->key + '\0';
  }
}

absl::StatusOr<std::vector<LogFork>> CheckpointTable::Forks() const {
  std::vector<LogFork> forks;
  std::string next(1, kForkRow);
  while (true) {
    ASSIGN_OR_RETURN(const auto row, rows_->AtOrAfter(next));
    if (!row.has_value() || row->key.front() != kForkRow) return forks;
    FixedReader reader(row->value);
    LogFork fork{.size = static_cast<int64_t>(reader.Little64()),
                 .former = {},
                 .keys = static_cast<int64_t>(reader.Little32())};
    const std::string_view former = reader.Bytes(fork.former.bytes.size());
    if (!reader.AtEnd()) {
      return absl::DataLossError(
          fmt::format("fork {} of the log is damaged", forks.size()));
    }
    std::memcpy(fork.former.bytes.data(), former.data(), former.size());
    forks.push_back(fork);
    next = row->key + '\0';
  }
}

absl::Status CheckpointTable::Put(const TreeNote& tree,
                                  const std::string& note) {
  return rows_->Put(SizeKey(kCheckpointRow, tree.head.size), note);
}

absl::Status CheckpointTable::PutCosignature(int64_t size,
                                             const NoteSignature& signature) {
  std::string key = SizeKey(kCosignatureRow, size);
  AppendBig32(signature.key_id, &key);
  key += signature.name;
  return rows_->Put(key, SignatureLine(signature));
}

absl::Status CheckpointTable::PutKey(const LogKey& key) {
  ASSIGN_OR_RETURN(const std::vector<LogKey> keys, Keys());
  std::string value;
  AppendLittle64(static_cast<uint64_t>(key.from_size), &value);
  value += key.key.ToString();
  return rows_->Put(NumberKey(kKeyRow, keys.size()), value);
}

absl::Status CheckpointTable::PutFork(const LogFork& fork) {
  ASSIGN_OR_RETURN(const std::vector<LogFork> forks, Forks());
  std::string value;
  AppendLittle64(static_cast<uint64_t>(fork.size), &value);
  AppendLittle32(static_cast<uint32_t>(fork.keys), &value);
  value += fork.former.AsBytes();
  return rows_->Put(NumberKey(kForkRow, forks.size()), value);
}

absl::Status CheckpointTable::CopyTo(int64_t size, NoteTable* to) const {
  std::string next;
  while (true) {
    ASSIGN_OR_RETURN(const auto row, rows_->AtOrAfter(next));
    if (!row.has_value()) return absl::OkStatus();
    // Of a key and of a fork, the value begins with the size; of the others,
    // the key does, after its first byte.
    const char kind = row->key.front();
    const bool by_value = kind == kKeyRow || kind == kForkRow;
    const uint64_t about =
        by_value ? FixedReader(row->value).Little64()
                 : FixedReader(std::string_view(row->key).substr(1)).Big64();
    if (about <= static_cast<uint64_t>(size)) {
      RETURN_IF_ERROR(to->Put(row->key, row->value));
    }
    next = row->key + '\0';
  }
}

absl::Status CheckSigned(const SignedCheckpoint& checkpoint,
                         const std::vector<LogKey>& keys) {
  ASSIGN_OR_RETURN(const Note note, ParseNote(checkpoint.note));
  absl::Status why = absl::InvalidArgumentError("the log has no key");
  for (const LogKey& key : keys) {
    if (key.key.name() != checkpoint.tree.origin) continue;
    why = VerifyNote(note, key.key);
    if (why.ok()) return why;
  }
  return absl::DataLossError(fmt::format("the checkpoint of size {}: {}",
                                         checkpoint.tree.head.size,
                                         MessageOf(why)));
}

}  // namespace tally
