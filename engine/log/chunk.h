// A chunk: the part of a group that is stored as one value, of about 64 KiB,
// so that one record can be read without its whole group. It begins with a
// header of fixed width, which names its group and carries a checksum over
// all of it; then where each record ends; then the records.
//
// docs/log_format.md has the layout byte by byte.

#ifndef TALLY_ENGINE_LOG_CHUNK_H_
#define TALLY_ENGINE_LOG_CHUNK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/log/group.h"
#include "engine/log/journal.h"

namespace tally {

// The version that is written, and the oldest that is read.
inline constexpr uint16_t kChunkFormat = 2;
inline constexpr uint16_t kChunkFormatOldest = 1;
// Of the header that is written. A header says how long it is, so that one
// with more fields after these can be read; in version 1 it is always this.
inline constexpr int kChunkHeaderBytes = 128;
inline constexpr int kChunkHeaderBytesMax = 4096;
// A chunk takes no further record once its records are this long. One record
// may be longer; then it has a chunk to itself.
inline constexpr int64_t kChunkBytes = 64 * 1024;

// Records of a group: those from `begin` to before `end`, counted within it.
struct ChunkRange {
  int64_t begin = 0;
  int64_t end = 0;
};

// How a group is cut.
std::vector<ChunkRange> CutIntoChunks(const Group& group);

// Appends the chunk.
void EncodeChunk(const GroupHeader& header, const Group& group,
                 ChunkRange range, std::string* out);

// A chunk's parts; views of the bytes that it was decoded from.
class Chunk {
 public:
  // DATA_LOSS says what is wrong with the bytes: the checksum, a version that
  // this program does not know, or figures that do not fit each other.
  static absl::StatusOr<Chunk> Decode(std::string_view bytes);

  const GroupHeader& group() const { return group_; }
  Position first() const { return first_; }
  int64_t count() const { return count_; }
  Position end() const { return first_ + count_; }

  // The i-th record, counted within the chunk.
  std::string_view record(int64_t i) const;

 private:
  // Where the i-th record ends in records_; 0 for -1.
  size_t RecordEnd(int64_t i) const;

  GroupHeader group_;
  Position first_ = 0;
  int64_t count_ = 0;
  std::string_view ends_;     // four bytes for each record
  std::string_view records_;  // one after the other
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_CHUNK_H_
