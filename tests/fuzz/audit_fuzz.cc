// An auditor's bundle from any bytes: it holds under its own key or says what
// does not, and never holds under another. The hash of its head is put right
// first, so that what lies behind it is tried too.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/clock.h"
#include "engine/base/sha256.h"
#include "engine/ledger/audit_check.h"
#include "engine/log/note_key.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"
#include "tests/fuzz/portions.h"

namespace tally {
namespace {

// After the mark: 32 bytes of hash, 4 of length, the head.
constexpr size_t kHashBytes = 32;
constexpr size_t kLengthBytes = 4;

std::string WithHash(std::string bytes) {
  const size_t hash = bytes.find('\n') + 1;
  const size_t head = hash + kHashBytes + kLengthBytes;
  if (hash == 0 || bytes.size() < head) return bytes;
  const uint32_t length =
      FixedReader(std::string_view(bytes).substr(hash + kHashBytes)).Little32();
  const Sha256Digest digest =
      Sha256(std::string_view(bytes).substr(head, length));
  bytes.replace(hash, kHashBytes, reinterpret_cast<const char*>(digest.data()),
                kHashBytes);
  return bytes;
}

void Check(std::string_view bytes) {
  static const int file = memfd_create("bundle", 0);
  TALLY_CHECK(ftruncate(file, 0) == 0);
  TALLY_CHECK(pwrite(file, bytes.data(), bytes.size(), 0) ==
              static_cast<ssize_t>(bytes.size()));
  const std::string path = fmt::format("/proc/self/fd/{}", file);
  ManualClock clock;
  const auto own = CheckAudit(
      path, "", {.clock = &clock, .known_at = {}, .on_progress = {}});
  if (!own.ok()) return;
  static const std::string other =
      VerifierKey("example.org/other", NoteKeyKind::kEd25519,
                  Ed25519KeyOf(Ed25519Seed{7}))
          .ToString();
  const auto foreign = CheckAudit(
      path, other, {.clock = &clock, .known_at = {}, .on_progress = {}});
  TALLY_CHECK(foreign.ok() && !foreign->findings.empty());
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  tally::fuzz::Portions input(bytes, size);
  const bool right = input.Byte() % 4 != 0;
  const std::string text(input.Rest());
  tally::Check(right ? tally::WithHash(text) : text);
  return 0;
}
