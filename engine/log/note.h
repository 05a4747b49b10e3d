// A signed note of C2SP: a text, and below it lines that each hold somebody's
// signature of it. Tree heads are published in this form, so that tools and
// witnesses of transparency logs can read and sign them.
//
//   text, ending in a newline
//   (an empty line)
//   — NAME BASE64(4 bytes of key id || signature)
//
// note_key.h makes and checks the signatures.

#ifndef TALLY_ENGINE_LOG_NOTE_H_
#define TALLY_ENGINE_LOG_NOTE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tally {

inline constexpr size_t kNoteBytesMax = 64 << 10;
inline constexpr size_t kNoteSignaturesMax = 64;
// Of the name of a key, which is also the origin of a log.
inline constexpr size_t kNoteNameBytesMax = 255;

struct NoteSignature {
  std::string name;
  uint32_t key_id = 0;
  std::string bytes;  // beyond the key id

  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct Note {
  std::string text;  // with the newline at its end
  std::vector<NoteSignature> signatures;
};

// INVALID_ARGUMENT for what is no note, or one without signatures.
absl::StatusOr<Note> ParseNote(std::string_view bytes);
std::string FormatNote(const Note& note);

// One line, with its newline.
std::string SignatureLine(const NoteSignature& signature);
absl::StatusOr<NoteSignature> ParseSignatureLine(std::string_view line);

// Whether a key can have this name: UTF-8 without white space, control
// characters and "+".
bool IsNoteName(std::string_view name);

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_NOTE_H_
