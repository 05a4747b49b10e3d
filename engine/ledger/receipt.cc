#include "engine/ledger/receipt.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/base/base64.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/log/note.h"
#include "engine/log/record_codec.h"
#include "engine/log/wire_reader.h"
#include "engine/log/wire_writer.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

// Fields of ReceiptExtra.
constexpr int kRecordField = 1;
constexpr int kVerifierKeyField = 2;

absl::Status NoReceipt(std::string_view why) {
  return absl::InvalidArgumentError(fmt::format("no receipt: {}", why));
}

absl::Status DoesNotHold(std::string_view why) {
  return absl::DataLossError(fmt::format("the receipt does not hold: {}", why));
}

std::string ExtraOf(const Receipt& receipt) {
  std::string bytes;
  WireWriter writer(&bytes);
  writer.Bytes(kRecordField, receipt.record);
  if (!receipt.verifier_key.empty()) {
    writer.Bytes(kVerifierKeyField, receipt.verifier_key);
  }
  writer.Finish();
  return bytes;
}

absl::Status ReadExtra(std::string_view line, Receipt* receipt) {
  const std::optional<std::string> bytes = ParseBase64(line);
  if (!bytes.has_value()) return NoReceipt("its extra data are no base64");
  WireReader reader(*bytes);
  if (reader.field() == kRecordField) receipt->record = reader.Bytes();
  if (reader.field() == kVerifierKeyField) {
    receipt->verifier_key = reader.Bytes();
  }
  if (reader.AtEnd() && !receipt->record.empty()) return absl::OkStatus();
  return NoReceipt("its extra data hold no record");
}

absl::Status ReadIndex(std::string_view line, Receipt* receipt) {
  const auto [end, error] = std::from_chars(
      line.data(), line.data() + line.size(), receipt->position);
  if (error == std::errc() && end == line.data() + line.size() &&
      receipt->position >= 0 && std::to_string(receipt->position) == line) {
    return absl::OkStatus();
  }
  return NoReceipt("its index is no position");
}

absl::Status ReadHash(std::string_view line, Receipt* receipt) {
  const std::optional<std::string> bytes = ParseBase64(line);
  Sha256Digest hash;
  if (!bytes.has_value() || bytes->size() != hash.size()) {
    return NoReceipt("a line of its path is no hash");
  }
  if (receipt->path.size() == kTreeHeightMax) {
    return NoReceipt("its path is too long");
  }
  std::memcpy(hash.data(), bytes->data(), hash.size());
  receipt->path.push_back(hash);
  return absl::OkStatus();
}

// Takes the next line, which must begin with `prefix`, off the text.
std::optional<std::string_view> TakeLine(std::string_view prefix,
                                         std::string_view* text) {
  const size_t end = text->find('\n');
  if (end == std::string_view::npos || !text->starts_with(prefix)) {
    return std::nullopt;
  }
  const std::string_view line =
      text->substr(prefix.size(), end - prefix.size());
  text->remove_prefix(end + 1);
  return line;
}

absl::Status ReadCheckpoint(std::string_view text, Receipt* receipt) {
  ASSIGN_OR_RETURN(const Note note, ParseNote(text));
  ASSIGN_OR_RETURN(receipt->checkpoint.tree, ParseTreeNote(note.text));
  receipt->checkpoint.note = text;
  return absl::OkStatus();
}

std::string Describe(const VerifierKey& key) {
  return fmt::format("{} ({:08x})", key.name(), key.id());
}

}  // namespace

std::string FormatReceipt(const Receipt& receipt) {
  std::string text(kFirstLine);
  text += fmt::format("{}{}\n{}{}\n", kExtra, Base64(ExtraOf(receipt)), kIndex,
                      receipt.position);
  for (const Sha256Digest& hash : receipt.path) {
    text += Base64(std::string_view(reinterpret_cast<const char*>(hash.data()),
                                    hash.size()));
    text += '\n';
  }
  return text + '\n' + receipt.checkpoint.WithCosignatures();
}

absl::StatusOr<Receipt> ParseReceipt(std::string_view text) {
  if (text.size() > kReceiptBytesMax) return NoReceipt("it is too long");
  if (!text.starts_with(kFirstLine)) {
    return NoReceipt("its first line is not c2sp.org/tlog-proof@v1");
  }
  text.remove_prefix(kFirstLine.size());
  Receipt receipt;
  const auto extra = TakeLine(kExtra, &text);
  if (!extra.has_value()) return NoReceipt("it holds no record");
  RETURN_IF_ERROR(ReadExtra(*extra, &receipt));
  const auto index = TakeLine(kIndex, &text);
  if (!index.has_value()) return NoReceipt("it has no index");
  RETURN_IF_ERROR(ReadIndex(*index, &receipt));
  while (true) {
    const auto line = TakeLine("", &text);
    if (!line.has_value()) return NoReceipt("it has no checkpoint");
    if (line->empty()) break;
    RETURN_IF_ERROR(ReadHash(*line, &receipt));
  }
  RETURN_IF_ERROR(ReadCheckpoint(text, &receipt));
  return receipt;
}

absl::StatusOr<CheckedReceipt> CheckReceipt(const Receipt& receipt,
                                            std::string_view trusted_key) {
  const std::string_view key_text = trusted_key.empty()
                                        ? std::string_view(receipt.verifier_key)
                                        : trusted_key;
  const absl::StatusOr<VerifierKey> key = VerifierKey::Parse(key_text);
  if (!key.ok()) {
    return absl::Status(
        trusted_key.empty() ? absl::StatusCode::kDataLoss
                            : absl::StatusCode::kInvalidArgument,
        ToAbsl(fmt::format("verifier key: {}", MessageOf(key.status()))));
  }
  if (!receipt.verifier_key.empty() &&
      receipt.verifier_key != key->ToString()) {
    return DoesNotHold(
        fmt::format("it brings another key than {}", Describe(*key)));
  }
  const TreeNote& tree = receipt.checkpoint.tree;
  if (tree.origin != key->name()) {
    return DoesNotHold(
        fmt::format("its checkpoint is of the log {}, the key "
                    "of {}",
                    tree.origin, Describe(*key)));
  }
  ASSIGN_OR_RETURN(const Note note,
                   ParseNote(receipt.checkpoint.WithCosignatures()));
  const absl::Status is_signed = VerifyNote(note, *key);
  if (!is_signed.ok()) return DoesNotHold(MessageOf(is_signed));
  if (!VerifyInclusion(LeafHash(receipt.record), receipt.position, receipt.path,
                       tree.head)) {
    return DoesNotHold(
        fmt::format("the path does not lead from the record at {} to the root",
                    receipt.position));
  }
  CheckedReceipt checked{.verifier_key = key->ToString(),
                         .tree = tree,
                         .cosigners = {},
                         .arena = std::make_unique<Arena>(),
                         .event = {}};
  absl::StatusOr<Record> record =
      DecodeRecord(receipt.record, checked.arena.get());
  if (!record.ok()) return DoesNotHold(MessageOf(record.status()));
  if (record->position != receipt.position) {
    return DoesNotHold(
        fmt::format("the record says that it is at {}", record->position));
  }
  for (const NoteSignature& signature : note.signatures) {
    if (!key->Owns(signature)) checked.cosigners.push_back(signature.name);
  }
  checked.event = {.position = record->position,
                   .recorded_at = record->recorded_at,
                   .event = record->event,
                   .decision = std::move(record->decision)};
  return checked;
}

absl::StatusOr<Event> EventOfRecord(std::string_view record, Arena* arena) {
  ASSIGN_OR_RETURN(const Record decoded, DecodeRecord(record, arena));
  return decoded.event;
}

}  // namespace tally
