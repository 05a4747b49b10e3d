#include "engine/log/note.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/base64.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";
constexpr size_t kKeyIdBytes = 4;

absl::Status NoNote(std::string_view why) {
  return absl::InvalidArgumentError(fmt::format("no signed note: {}", why));
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

// The spaces of Unicode beyond ASCII, in UTF-8.
constexpr std::string_view kSpaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80",
    "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84",
    "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88",
    "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9",
    "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

}  // namespace

bool IsNoteName(std::string_view name) {
  if (name.empty() || name.size() > kNoteNameBytesMax || !IsUtf8(name)) {
    return false;
  }
  const bool plain = std::none_of(name.begin(), name.end(), [](char c) {
    return IsControl(c) || c == ' ' || c == '+' || c == '\x7F';
  });
  return plain &&
         std::none_of(std::begin(kSpaces), std::end(kSpaces),
                      [name](std::string_view space) {
                        return name.find(space) != std::string_view::npos;
                      });
}

std::string SignatureLine(const NoteSignature& signature) {
  std::string bytes;
  AppendBig32(signature.key_id, &bytes);
  bytes += signature.bytes;
  return fmt::format("{}{} {}\n", kDash, signature.name, Base64(bytes));
}

absl::StatusOr<NoteSignature> ParseSignatureLine(std::string_view line) {
  if (!line.starts_with(kDash) || !line.ends_with('\n')) {
    return NoNote("a line below its text is no signature");
  }
  line.remove_prefix(kDash.size());
  line.remove_suffix(1);
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || !IsNoteName(line.substr(0, space))) {
    return NoNote("a signature has no name");
  }
  const std::optional<std::string> bytes = ParseBase64(line.substr(space + 1));
  if (!bytes.has_value() || bytes->size() <= kKeyIdBytes) {
    return NoNote("a signature is no base64 of a key id and a signature");
  }
  return NoteSignature{.name = std::string(line.substr(0, space)),
                       .key_id = FixedReader(*bytes).Big32(),
                       .bytes = bytes->substr(kKeyIdBytes)};
}

std::string FormatNote(const Note& note) {
  std::string bytes = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    bytes += SignatureLine(signature);
  }
  return bytes;
}

absl::StatusOr<Note> ParseNote(std::string_view bytes) {
  if (bytes.size() > kNoteBytesMax) return NoNote("it is too long");
  if (!IsUtf8(bytes)) return NoNote("it is not UTF-8");
  if (std::any_of(bytes.begin(), bytes.end(),
                  [](char c) { return IsControl(c) && c != '\n'; })) {
    return NoNote("it has control characters");
  }
  const size_t split = bytes.rfind("\n\n");
  if (split == std::string_view::npos || !bytes.ends_with('\n')) {
    return NoNote("its text and its signatures are not told apart");
  }
  Note note{.text = std::string(bytes.substr(0, split + 1)), .signatures = {}};
  std::string_view rest = bytes.substr(split + 2);
  while (!rest.empty()) {
    if (note.signatures.size() == kNoteSignaturesMax) {
      return NoNote("it has too many signatures");
    }
    const size_t end = rest.find('\n') + 1;
    ASSIGN_OR_RETURN(NoteSignature signature,
                     ParseSignatureLine(rest.substr(0, end)));
    note.signatures.push_back(std::move(signature));
    rest.remove_prefix(end);
  }
  if (note.signatures.empty()) return NoNote("nobody signed it");
  return note;
}

}  // namespace tally
