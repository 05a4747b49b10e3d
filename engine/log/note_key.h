// The keys of signed notes: what a log signs its tree heads with, and what
// others check them by.
//
// A verifier key is public, "NAME+ID+BASE64"; a signing key is secret,
// "PRIVATE+KEY+NAME+ID+BASE64". Both are the encodings that tools for signed
// notes use. Two kinds of signatures are known: a log's Ed25519 signature of
// the text, and a witness's, which also says when it was given.

#ifndef TALLY_ENGINE_LOG_NOTE_KEY_H_
#define TALLY_ENGINE_LOG_NOTE_KEY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/ed25519.h"
#include "engine/log/note.h"

namespace tally {

enum class NoteKeyKind : uint8_t {
  kEd25519 = 1,      // of signed-note
  kCosignature = 4,  // of tlog-cosignature: timestamped
};

class VerifierKey {
 public:
  VerifierKey() = default;
  VerifierKey(std::string name, NoteKeyKind kind, const Ed25519PublicKey& key);

  // INVALID_ARGUMENT for what is no verifier key, or one of another kind.
  static absl::StatusOr<VerifierKey> Parse(std::string_view text);
  std::string ToString() const;

  const std::string& name() const { return name_; }
  uint32_t id() const { return id_; }
  NoteKeyKind kind() const { return kind_; }

  // Whether the signature says that it is of this key.
  bool Owns(const NoteSignature& signature) const {
    return signature.key_id == id_ && signature.name == name_;
  }
  // Whether it is, for this text.
  bool Verify(std::string_view text, const NoteSignature& signature) const;

  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;

 private:
  std::string name_;
  NoteKeyKind kind_ = NoteKeyKind::kEd25519;
  Ed25519PublicKey key_{};
  uint32_t id_ = 0;
};

// OK when one of the note's signatures is the key's, and each that says so is.
// INVALID_ARGUMENT says what is missing.
absl::Status VerifyNote(const Note& note, const VerifierKey& key);

class SigningKey {
 public:
  // `name` is one that IsNoteName() takes.
  SigningKey(std::string name, NoteKeyKind kind, const Ed25519Seed& seed);

  static absl::StatusOr<SigningKey> Parse(std::string_view text);
  std::string ToString() const;

  const VerifierKey& verifier() const { return verifier_; }

  // `unix_seconds` is stated by a witness's signature alone.
  NoteSignature Sign(std::string_view text, uint64_t unix_seconds = 0) const;

 private:
  Ed25519Seed seed_;
  VerifierKey verifier_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_NOTE_KEY_H_
