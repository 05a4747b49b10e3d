#include "engine/log/note_key.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/base/base64.h"
#include "engine/base/check.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr size_t kIdDigits = 8;
constexpr size_t kTimestampBytes = 8;

template <size_t size>
std::string_view AsText(const std::array<uint8_t, size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The kind and the key, as both encodings hold them.
std::string Material(NoteKeyKind kind, std::string_view key) {
  return std::string(1, static_cast<char>(kind)) + std::string(key);
}

uint32_t KeyId(std::string_view name, NoteKeyKind kind,
               const Ed25519PublicKey& key) {
  const Sha256Digest digest = Sha256(name, "\n", Material(kind, AsText(key)));
  return FixedReader(AsText(digest)).Big32();
}

absl::Status NoKey(std::string_view why) {
  return absl::InvalidArgumentError(
      fmt::format("no key of signed notes: {}", why));
}

struct KeyParts {
  std::string_view name;
  std::string_view id;
  NoteKeyKind kind = NoteKeyKind::kEd25519;
  std::array<uint8_t, 32> key{};
};

// NAME+ID+BASE64
absl::StatusOr<KeyParts> ParseParts(std::string_view text) {
  const size_t first = text.find('+');
  if (first == std::string_view::npos || !IsNoteName(text.substr(0, first))) {
    return NoKey("it has no name");
  }
  const std::string_view rest = text.substr(first + 1);
  if (rest.size() <= kIdDigits || rest[kIdDigits] != '+') {
    return NoKey("it has no id of 8 hexadecimal digits");
  }
  const std::optional<std::string> bytes =
      ParseBase64(rest.substr(kIdDigits + 1));
  KeyParts parts{.name = text.substr(0, first),
                 .id = rest.substr(0, kIdDigits)};
  if (!bytes.has_value() || bytes->size() != 1 + parts.key.size()) {
    return NoKey("it is no base64 of a kind and 32 bytes");
  }
  const auto kind = static_cast<uint8_t>((*bytes)[0]);
  if (kind != static_cast<uint8_t>(NoteKeyKind::kEd25519) &&
      kind != static_cast<uint8_t>(NoteKeyKind::kCosignature)) {
    return NoKey(fmt::format("its kind {} is not known", kind));
  }
  parts.kind = static_cast<NoteKeyKind>(kind);
  std::memcpy(parts.key.data(), bytes->data() + 1, parts.key.size());
  return parts;
}

std::string IdText(uint32_t id) { return fmt::format("{:08x}", id); }

std::string CosignedText(std::string_view text, uint64_t unix_seconds) {
  return fmt::format("cosignature/v1\ntime {}\n{}", unix_seconds, text);
}

}  // namespace

VerifierKey::VerifierKey(std::string name, NoteKeyKind kind,
                         const Ed25519PublicKey& key)
    : name_(std::move(name)),
      kind_(kind),
      key_(key),
      id_(KeyId(name_, kind, key)) {
  TALLY_CHECK(IsNoteName(name_));
}

absl::StatusOr<VerifierKey> VerifierKey::Parse(std::string_view text) {
  ASSIGN_OR_RETURN(const KeyParts parts, ParseParts(text));
  VerifierKey key(std::string(parts.name), parts.kind, parts.key);
  if (IdText(key.id()) != parts.id) return NoKey("its id is not its own");
  return key;
}

std::string VerifierKey::ToString() const {
  return fmt::format("{}+{}+{}", name_, IdText(id_),
                     Base64(Material(kind_, AsText(key_))));
}

bool VerifierKey::Verify(std::string_view text,
                         const NoteSignature& signature) const {
  if (!Owns(signature)) return false;
  std::string_view bytes = signature.bytes;
  std::string cosigned;
  if (kind_ == NoteKeyKind::kCosignature) {
    if (bytes.size() < kTimestampBytes) return false;
    const uint64_t time = FixedReader(bytes).Big64();
    if (time > INT64_MAX) return false;
    cosigned = CosignedText(text, time);
    text = cosigned;
    bytes.remove_prefix(kTimestampBytes);
  }
  Ed25519Signature wanted;
  if (bytes.size() != wanted.size()) return false;
  std::memcpy(wanted.data(), bytes.data(), wanted.size());
  return Ed25519Verify(key_, text, wanted);
}

absl::Status VerifyNote(const Note& note, const VerifierKey& key) {
  bool found = false;
  for (const NoteSignature& signature : note.signatures) {
    if (!key.Owns(signature)) continue;
    if (!key.Verify(note.text, signature)) {
      return absl::InvalidArgumentError(
          fmt::format("the signature of {} does not fit the note", key.name()));
    }
    found = true;
  }
  if (found) return absl::OkStatus();
  return absl::InvalidArgumentError(
      fmt::format("the note is not signed by the key {}", key.ToString()));
}

SigningKey::SigningKey(std::string name, NoteKeyKind kind,
                       const Ed25519Seed& seed)
    : seed_(seed), verifier_(std::move(name), kind, Ed25519KeyOf(seed)) {}

absl::StatusOr<SigningKey> SigningKey::Parse(std::string_view text) {
  if (!text.starts_with(kPrivate)) {
    return NoKey(fmt::format("it does not begin with {}", kPrivate));
  }
  ASSIGN_OR_RETURN(const KeyParts parts,
                   ParseParts(text.substr(kPrivate.size())));
  SigningKey key(std::string(parts.name), parts.kind, parts.key);
  if (IdText(key.verifier().id()) != parts.id) {
    return NoKey("its id is not its own");
  }
  return key;
}

std::string SigningKey::ToString() const {
  return fmt::format("{}{}+{}+{}", kPrivate, verifier_.name(),
                     IdText(verifier_.id()),
                     Base64(Material(verifier_.kind(), AsText(seed_))));
}

NoteSignature SigningKey::Sign(std::string_view text,
                               uint64_t unix_seconds) const {
  NoteSignature signature{
      .name = verifier_.name(), .key_id = verifier_.id(), .bytes = {}};
  std::string cosigned;
  if (verifier_.kind() == NoteKeyKind::kCosignature) {
    cosigned = CosignedText(text, unix_seconds);
    text = cosigned;
    AppendBig64(unix_seconds, &signature.bytes);
  }
  signature.bytes += AsText(Ed25519Sign(seed_, text));
  return signature;
}

}  // namespace tally
