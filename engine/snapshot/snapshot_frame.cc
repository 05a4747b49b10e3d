#include "engine/snapshot/snapshot_frame.h"

#include "engine/base/status_macros.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr uint32_t kChunkBytesMax = 1 << 20;

std::string_view AsBytes(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::string SnapshotFramer::Head(const SnapshotHead& head) {
  std::string bytes = EncodeSnapshotHead(head);
  digest_ = Sha256(bytes);
  return bytes;
}

std::string SnapshotFramer::BeforeChunk(std::string_view chunk) const {
  std::string bytes;
  AppendLittle32(static_cast<uint32_t>(chunk.size()), &bytes);
  return bytes;
}

std::string SnapshotFramer::AfterChunk(std::string_view chunk) {
  digest_ = Sha256(AsBytes(digest_), chunk);
  return std::string(AsBytes(digest_));
}

std::string SnapshotFramer::End() {
  std::string bytes;
  AppendLittle32(0, &bytes);
  bytes += AsBytes(Sha256(AsBytes(digest_)));
  return bytes;
}

absl::Status SnapshotUnframer::Read(size_t count, std::string* bytes) {
  const size_t before = bytes->size();
  RETURN_IF_ERROR(read_(count, bytes));
  if (bytes->size() - before != count) {
    return absl::DataLossError(
        fmt::format("it ends at byte {}, too early",
                    offset_ + static_cast<int64_t>(bytes->size() - before)));
  }
  offset_ += static_cast<int64_t>(count);
  return absl::OkStatus();
}

absl::StatusOr<SnapshotHead> SnapshotUnframer::Head() {
  std::string bytes;
  RETURN_IF_ERROR(Read(kSnapshotHeadBytes, &bytes));
  digest_ = Sha256(bytes);
  return DecodeSnapshotHead(bytes);
}

absl::StatusOr<bool> SnapshotUnframer::Chunk(std::string* chunk) {
  const int64_t begin = offset_;
  std::string length;
  RETURN_IF_ERROR(Read(4, &length));
  const uint32_t size = FixedReader(length).Little32();
  const auto damaged = [begin] {
    return absl::DataLossError(
        fmt::format("it is damaged in the chunk at byte {}", begin));
  };
  if (size > kChunkBytesMax) return damaged();
  const size_t before = chunk->size();
  RETURN_IF_ERROR(Read(size, chunk));
  const std::string_view bytes = std::string_view(*chunk).substr(before);
  digest_ = Sha256(AsBytes(digest_), bytes);
  std::string digest;
  RETURN_IF_ERROR(Read(digest_.size(), &digest));
  if (digest != AsBytes(digest_)) return damaged();
  if (size > 0) return true;
  std::string more;
  RETURN_IF_ERROR(read_(1, &more));
  if (!more.empty()) {
    return absl::DataLossError(
        fmt::format("it goes on after its end at byte {}", offset_));
  }
  return false;
}

}  // namespace tally
