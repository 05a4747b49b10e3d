#include "engine/snapshot/state_writer.h"

#include "fmt/format.h"

namespace tally {

void StateWriter::Fail(std::string_view what) {
  if (!status_.ok()) return;
  status_ = absl::InternalError(fmt::format("snapshot: {}: {}", table_, what));
}

void StateWriter::HandOnFull() {
  size_t begin = 0;
  for (; chunk_.size() - begin >= kSnapshotChunkBytes;
       begin += kSnapshotChunkBytes) {
    if (!status_.ok()) continue;
    status_ = put_(std::string_view(chunk_).substr(begin, kSnapshotChunkBytes));
  }
  chunk_.erase(0, begin);
}

absl::Status StateWriter::Finish() {
  if (status_.ok() && !chunk_.empty()) status_ = put_(chunk_);
  chunk_.clear();
  return status_;
}

}  // namespace tally
