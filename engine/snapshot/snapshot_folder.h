// The snapshots of a ledger: files named after the position that they reach,
// in a folder beside the log. Each is written under another name, synced and
// renamed, so that what has the name of a snapshot was once whole.
//
// Thread-safe but for Write() and Remove..(), which one thread at a time calls.

#ifndef TALLY_ENGINE_SNAPSHOT_SNAPSHOT_FOLDER_H_
#define TALLY_ENGINE_SNAPSHOT_SNAPSHOT_FOLDER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/indices.h"
#include "engine/snapshot/snapshot_head.h"
#include "engine/state/state.h"
#include "rocksdb/env.h"

namespace tally {

class SnapshotFolder {
 public:
  // `env` is the file system; nullptr: the machine's own. It must outlive the
  // folder.
  explicit SnapshotFolder(std::string directory, rocksdb::Env* env = nullptr);

  // The ends of the snapshots that are there, the newest first. None where
  // the folder is not there yet.
  absl::StatusOr<std::vector<Position>> List() const;

  // Writes a snapshot durably; bytes of its file. `go_on` is asked now and
  // then: false ends it with CANCELLED. Of what fails nothing is left.
  absl::StatusOr<int64_t> Write(const SnapshotHead& head, const State& state,
                                absl::FunctionRef<bool()> go_on);

  // The head of the one that ends at `end`, which must be what it is called.
  absl::StatusOr<SnapshotHead> ReadHead(Position end) const;
  // And its state, into an empty one. DATA_LOSS says where it is damaged;
  // what was read by then is of no use.
  absl::Status Read(Position end, State* state) const;

  // DATA_LOSS unless the state of the one that ends at `end` is this one.
  absl::Status Compare(Position end, const State& state) const;

  // Removes all but the newest `keep`.
  absl::Status RemoveOld(int64_t keep);

  std::string PathOf(Position end) const;
  const std::string& directory() const { return directory_; }

 private:
  class File;

  absl::StatusOr<int64_t> WriteFile(const std::string& path,
                                    const std::string& doing,
                                    const SnapshotHead& head,
                                    const State& state,
                                    absl::FunctionRef<bool()> go_on) const;

  const std::string directory_;
  rocksdb::FileSystem* const files_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_SNAPSHOT_SNAPSHOT_FOLDER_H_
