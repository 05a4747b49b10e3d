// How far a log was acknowledged, kept beside it in a small file; the store of
// details has one, too, which counts its writes.
//
// After a crash RocksDB takes the end of its write-ahead log for torn at the
// first byte that is wrong, and drops what follows. That is right for a group
// that was being written, and wrong for damage to one that was acknowledged.
// The mark tells the two apart: it is written after each append, without a
// sync of its own, so it is never ahead of what is durable, and a log that
// ends before its mark has lost something.
//
// It survives the death of the process; that of the machine may take it back
// by some seconds. Used by one thread.

#ifndef TALLY_ENGINE_LOG_DURABLE_MARK_H_
#define TALLY_ENGINE_LOG_DURABLE_MARK_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/indices.h"
#include "rocksdb/file_system.h"

namespace tally {

class DurableMark {
 public:
  // What `path` says: positions below it were acknowledged. 0 where there is
  // no such file, as in a directory that was restored. DATA_LOSS where the
  // file holds no mark.
  static absl::StatusOr<Position> Read(rocksdb::FileSystem* files,
                                       const std::string& path);

  // DATA_LOSS where a place holds neither a mark nor nothing: it is damaged,
  // or a write was torn and nobody has opened it since.
  static absl::Status Check(rocksdb::FileSystem* files,
                            const std::string& path);

  // Makes the file where it is missing, and mends a place that is torn.
  static absl::StatusOr<std::unique_ptr<DurableMark>> Open(
      rocksdb::FileSystem* files, const std::string& path);
  ~DurableMark();

  absl::Status Advance(Position end);
  absl::Status Sync();

 private:
  DurableMark(std::unique_ptr<rocksdb::FSRandomRWFile> file, size_t next_place);

  std::unique_ptr<rocksdb::FSRandomRWFile> file_;
  // The two places are written in turn, so that one of them is always whole.
  size_t next_place_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_DURABLE_MARK_H_
