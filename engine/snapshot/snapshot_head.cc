#include "engine/snapshot/snapshot_head.h"

#include <cstring>

#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kMagic = "TALLYSNP";
constexpr size_t kHashedBytes = kSnapshotHeadBytes - sizeof(Sha256Digest);

std::string_view AsBytes(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::string EncodeSnapshotHead(const SnapshotHead& head) {
  std::string bytes(kMagic);
  AppendLittle32(kSnapshotFormat, &bytes);
  AppendLittle32(head.rules_version, &bytes);
  bytes += head.ledger.AsBytes();
  AppendLittle64(static_cast<uint64_t>(head.end), &bytes);
  AppendLittle64(static_cast<uint64_t>(head.last_recorded_at.micros()), &bytes);
  AppendLittle32(static_cast<uint32_t>(head.latest_date.days()), &bytes);
  AppendLittle32(0, &bytes);
  bytes += AsBytes(head.root);
  bytes += AsBytes(Sha256(bytes));
  return bytes;
}

absl::StatusOr<SnapshotHead> DecodeSnapshotHead(std::string_view bytes) {
  if (bytes.size() != kSnapshotHeadBytes ||
      bytes.substr(0, kMagic.size()) != kMagic) {
    return absl::DataLossError("it does not begin as a snapshot does");
  }
  // First: the digest is there in every format, so that a format that is only
  // damaged is not taken for another one.
  if (bytes.substr(kHashedBytes) !=
      AsBytes(Sha256(bytes.substr(0, kHashedBytes)))) {
    return absl::DataLossError("its head is damaged");
  }
  FixedReader reader(bytes.substr(kMagic.size()));
  const uint32_t format = reader.Little32();
  if (format != kSnapshotFormat) {
    return absl::FailedPreconditionError(
        fmt::format("its format is {}, not {}", format, kSnapshotFormat));
  }
  SnapshotHead head;
  head.rules_version = reader.Little32();
  const std::string_view ledger = reader.Bytes(head.ledger.bytes.size());
  std::memcpy(head.ledger.bytes.data(), ledger.data(), ledger.size());
  head.end = static_cast<Position>(reader.Little64());
  head.last_recorded_at = Instant(static_cast<int64_t>(reader.Little64()));
  head.latest_date = Date(static_cast<int32_t>(reader.Little32()));
  const bool zero = reader.Little32() == 0;
  const std::string_view root = reader.Bytes(head.root.size());
  std::memcpy(head.root.data(), root.data(), root.size());
  if (!zero || head.end < 0) return absl::DataLossError("its head is damaged");
  return head;
}

}  // namespace tally
