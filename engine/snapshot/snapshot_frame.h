// What lies around the state in a snapshot's file: the head, then chunks, each
// with a digest over itself and all before it, then an end. A byte that is
// wrong, missing, moved or too many is found with the chunk that it is in,
// before anything of the chunk is used.

#ifndef TALLY_ENGINE_SNAPSHOT_SNAPSHOT_FRAME_H_
#define TALLY_ENGINE_SNAPSHOT_SNAPSHOT_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/sha256.h"
#include "engine/snapshot/snapshot_head.h"

namespace tally {

// Makes the bytes around each part, in order.
class SnapshotFramer {
 public:
  std::string Head(const SnapshotHead& head);
  // What comes before a chunk's bytes, and what comes after them.
  std::string BeforeChunk(std::string_view chunk) const;
  std::string AfterChunk(std::string_view chunk);
  std::string End();

 private:
  Sha256Digest digest_{};
};

// Takes a file apart. `read` appends so many bytes of the file, or as many as
// there are left.
class SnapshotUnframer {
 public:
  using ReadBytes =
      absl::FunctionRef<absl::Status(size_t count, std::string* bytes)>;

  explicit SnapshotUnframer(ReadBytes read) : read_(read) {}

  // First of all.
  absl::StatusOr<SnapshotHead> Head();
  // Appends the next chunk; false after the last one, which the end follows.
  absl::StatusOr<bool> Chunk(std::string* chunk);

 private:
  absl::Status Read(size_t count, std::string* bytes);

  ReadBytes read_;
  Sha256Digest digest_{};
  int64_t offset_ = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_SNAPSHOT_FRAME_H_
