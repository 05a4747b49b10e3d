#include "engine/log/chunk.h"

#include <cstring>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/storage/crc32c.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

// Where the checksum is: it covers all the bytes but its own.
constexpr size_t kChecksumAt = 4;
constexpr size_t kAfterChecksum = kChecksumAt + sizeof(uint32_t);
constexpr int kEndBytes = 4;

uint32_t Checksum(std::string_view chunk) {
  return Crc32c(chunk.substr(kAfterChecksum),
                Crc32c(chunk.substr(0, kChecksumAt)));
}

std::string_view AsText(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Sha256Digest TakeDigest(FixedReader* reader) {
  Sha256Digest digest{};
  const std::string_view bytes = reader->Bytes(digest.size());
  std::memcpy(digest.data(), bytes.data(), bytes.size());
  return digest;
}

absl::Status Damaged(std::string_view what) {
  return absl::DataLossError(ToAbsl(what));
}

// How long the header is. Version 1 has a zero where version 2 says it.
absl::StatusOr<size_t> HeaderBytes(uint16_t format, uint16_t stated) {
  if (format < kChunkFormatOldest || format > kChunkFormat) {
    return Damaged(fmt::format("chunk format {} is not known, only {} to {}",
                               format, kChunkFormatOldest, kChunkFormat));
  }
  if (format == 1 && stated == 0) return kChunkHeaderBytes;
  if (format > 1 && stated >= kChunkHeaderBytes &&
      stated <= kChunkHeaderBytesMax) {
    return stated;
  }
  return Damaged(fmt::format("a header of {} bytes is none of chunk format {}",
                             stated, format));
}

}  // namespace

std::vector<ChunkRange> CutIntoChunks(const Group& group) {
  std::vector<ChunkRange> ranges;
  ChunkRange range;
  int64_t bytes = 0;
  for (int64_t i = 0; i < group.count(); ++i) {
    const auto length = static_cast<int64_t>(group.record(i).size());
    if (range.end > range.begin && bytes + length > kChunkBytes) {
      ranges.push_back(range);
      range.begin = i;
      bytes = 0;
    }
    range.end = i + 1;
    bytes += length;
  }
  if (range.end > range.begin) ranges.push_back(range);
  return ranges;
}

void EncodeChunk(const GroupHeader& header, const Group& group,
                 ChunkRange range, std::string* out) {
  TALLY_CHECK(range.begin < range.end);
  TALLY_CHECK(range.end <= group.count());
  const size_t start = out->size();
  std::string ends;
  size_t bytes = 0;
  for (int64_t i = range.begin; i < range.end; ++i) {
    bytes += group.record(i).size();
    TALLY_CHECK(bytes <= UINT32_MAX);
    AppendLittle32(static_cast<uint32_t>(bytes), &ends);
  }
  out->reserve(start + kChunkHeaderBytes + ends.size() + bytes);

  AppendLittle16(kChunkFormat, out);
  AppendLittle16(kChunkHeaderBytes, out);
  AppendLittle32(0, out);  // the checksum, below
  AppendLittle64(header.writer_epoch, out);
  AppendLittle64(static_cast<uint64_t>(header.first), out);
  AppendLittle32(static_cast<uint32_t>(header.count), out);
  AppendLittle32(header.rules_version, out);
  AppendLittle64(static_cast<uint64_t>(header.stable_end), out);
  AppendLittle64(static_cast<uint64_t>(header.recorded_at.micros()), out);
  out->append(AsText(header.previous_root));
  out->append(AsText(header.root));
  AppendLittle64(static_cast<uint64_t>(header.first + range.begin), out);
  AppendLittle32(static_cast<uint32_t>(range.end - range.begin), out);
  AppendLittle32(static_cast<uint32_t>(bytes), out);
  TALLY_CHECK(out->size() - start == kChunkHeaderBytes);

  out->append(ends);
  for (int64_t i = range.begin; i < range.end; ++i) {
    out->append(group.record(i));
  }
  std::string checksum;
  AppendLittle32(Checksum(std::string_view(*out).substr(start)), &checksum);
  std::memcpy(out->data() + start + kChecksumAt, checksum.data(),
              checksum.size());
}

absl::StatusOr<Chunk> Chunk::Decode(std::string_view bytes) {
  if (bytes.size() < kChunkHeaderBytes) {
    return Damaged(
        fmt::format("{} bytes are too few for a chunk's header", bytes.size()));
  }
  FixedReader reader(bytes);
  const uint16_t format = reader.Little16();
  const uint16_t stated = reader.Little16();
  const uint32_t stored = reader.Little32();
  // First, so that nothing else is said of bytes that are not what was
  // written.
  const uint32_t computed = Checksum(bytes);
  if (stored != computed) {
    return Damaged(fmt::format("the checksum is {:08x}, stored is {:08x}",
                               computed, stored));
  }
  ASSIGN_OR_RETURN(const size_t header_bytes, HeaderBytes(format, stated));
  Chunk chunk;
  chunk.group_.writer_epoch = reader.Little64();
  chunk.group_.first = static_cast<Position>(reader.Little64());
  chunk.group_.count = reader.Little32();
  chunk.group_.rules_version = reader.Little32();
  chunk.group_.stable_end = static_cast<Position>(reader.Little64());
  chunk.group_.recorded_at = Instant(static_cast<int64_t>(reader.Little64()));
  chunk.group_.previous_root = TakeDigest(&reader);
  chunk.group_.root = TakeDigest(&reader);
  chunk.first_ = static_cast<Position>(reader.Little64());
  chunk.count_ = reader.Little32();
  const size_t record_bytes = reader.Little32();
  // What a later program says besides, this one need not know.
  reader.Bytes(header_bytes - kChunkHeaderBytes);
  const GroupHeader& group = chunk.group_;
  constexpr Position kPositionMax = INT64_MAX - UINT32_MAX;
  if (group.first < 0 || group.first > kPositionMax || chunk.count_ == 0 ||
      chunk.first_ < group.first || chunk.first_ > kPositionMax ||
      chunk.end() > group.end()) {
    return Damaged("the positions do not fit each other");
  }
  chunk.ends_ = reader.Bytes(static_cast<size_t>(chunk.count_) * kEndBytes);
  chunk.records_ = reader.Bytes(record_bytes);
  if (!reader.AtEnd()) return Damaged("the lengths do not fit the chunk");
  size_t previous = 0;
  for (int64_t i = 0; i < chunk.count_; ++i) {
    const size_t end = chunk.RecordEnd(i);
    if (end <= previous || end > record_bytes) {
      return Damaged("the records' ends are not in order");
    }
    previous = end;
  }
  if (previous != record_bytes) return Damaged("bytes follow the last record");
  return chunk;
}

size_t Chunk::RecordEnd(int64_t i) const {
  if (i < 0) return 0;
  return FixedReader(ends_.substr(static_cast<size_t>(i) * kEndBytes))
      .Little32();
}

std::string_view Chunk::record(int64_t i) const {
  TALLY_CHECK(i >= 0);
  TALLY_CHECK(i < count_);
  const size_t begin = RecordEnd(i - 1);
  return records_.substr(begin, RecordEnd(i) - begin);
}

}  // namespace tally
