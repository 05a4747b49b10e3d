// Signed texts from any bytes: notes, tree heads, keys, receipts and what a
// backup says of itself. What is read is written again to the same, no note is
// taken as signed that is not, and no receipt as one that holds.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/ledger/backup_note.h"
#include "engine/ledger/receipt.h"
#include "engine/log/note.h"
#include "engine/log/note_key.h"
#include "engine/log/tree_note.h"

namespace tally {
namespace {

// A key that signed none of this.
const VerifierKey& OtherKey() {
  static const auto* const key = new VerifierKey(
      "example.org/other", NoteKeyKind::kEd25519, Ed25519KeyOf(Ed25519Seed{7}));
  return *key;
}

void Notes(std::string_view text) {
  const auto note = ParseNote(text);
  if (!note.ok()) return;
  TALLY_CHECK(!note->signatures.empty());
  TALLY_CHECK(note->signatures.size() <= kNoteSignaturesMax);
  const auto again = ParseNote(FormatNote(*note));
  TALLY_CHECK(again.ok());
  TALLY_CHECK(again->text == note->text);
  TALLY_CHECK(again->signatures == note->signatures);
  TALLY_CHECK(!VerifyNote(*note, OtherKey()).ok());
}

void Lines(std::string_view text) {
  if (const auto line = ParseSignatureLine(text); line.ok()) {
    TALLY_CHECK(ParseSignatureLine(SignatureLine(*line)).value() == *line);
  }
  if (const auto tree = ParseTreeNote(text); tree.ok()) {
    TALLY_CHECK(tree->head.size >= 0);
    TALLY_CHECK(ParseTreeNote(FormatTreeNote(*tree)).value() == *tree);
  }
  if (const auto key = VerifierKey::Parse(text); key.ok()) {
    TALLY_CHECK(VerifierKey::Parse(key->ToString()).value() == *key);
  }
  if (const auto key = SigningKey::Parse(text); key.ok()) {
    const Note note{.text = "a\n", .signatures = {key->Sign("a\n", 1)}};
    TALLY_CHECK(VerifyNote(note, key->verifier()).ok());
  }
}

void Receipts(std::string_view text) {
  const auto receipt = ParseReceipt(text);
  if (!receipt.ok()) return;
  const auto again = ParseReceipt(FormatReceipt(*receipt));
  TALLY_CHECK(again.ok());
  TALLY_CHECK(again->record == receipt->record);
  TALLY_CHECK(again->path == receipt->path);
  (void)CheckReceipt(*receipt, "");
  TALLY_CHECK(!CheckReceipt(*receipt, OtherKey().ToString()).ok());
}

void Backups(std::string_view text) {
  const StoredBackup stored{.id = 1, .note = std::string(text), .env = {}};
  const auto backup = ParseBackup(stored);
  if (!backup.ok()) return;
  const StoredBackup again{
      .id = 1, .note = FormatBackupNote(*backup), .env = {}};
  TALLY_CHECK(ParseBackup(again)->head == backup->head);
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  tally::Notes(text);
  tally::Lines(text);
  tally::Receipts(text);
  tally::Backups(text);
  return 0;
}
