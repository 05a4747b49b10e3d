#include "engine/ledger/backup_note.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "engine/base/hex.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kHeading = "tallystick backup 1";

std::optional<int64_t> NumberOf(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

std::optional<Sha256Digest> DigestOf(std::string_view hex) {
  Sha256Digest digest;
  if (hex.size() != 2 * digest.size()) return std::nullopt;
  for (size_t i = 0; i < digest.size(); ++i) {
    const char* at = hex.data() + 2 * i;
    const auto [end, error] = std::from_chars(at, at + 2, digest[i], 16);
    if (error != std::errc() || end != at + 2) return std::nullopt;
  }
  return digest;
}

}  // namespace

std::string FormatBackupNote(const Backup& backup) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", kHeading,
                     backup.ledger.ToString(), backup.taken_at.micros(),
                     backup.head.size, HexOf(backup.head.root),
                     backup.checkpoint);
}

absl::StatusOr<Backup> ParseBackup(const StoredBackup& stored) {
  std::string_view rest = stored.note;
  const auto line = [&rest] {
    const std::string_view taken = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), taken.size() + 1));
    return taken;
  };
  const std::string_view heading = line();
  const std::optional<Uuid> ledger = ParseUuid(line());
  const std::optional<int64_t> taken_at = NumberOf(line());
  const std::optional<int64_t> size = NumberOf(line());
  const std::optional<Sha256Digest> root = DigestOf(line());
  if (heading != kHeading || !ledger || !taken_at || !size || !root) {
    return absl::DataLossError(
        fmt::format("backup {} does not say of which ledger it is", stored.id));
  }
  return Backup{.id = stored.id,
                .ledger = *ledger,
                .taken_at = Instant(*taken_at),
                .head = {.size = *size, .root = *root},
                .checkpoint = std::string(rest),
                .bytes = stored.bytes,
                .files = stored.files};
}

}  // namespace tally
