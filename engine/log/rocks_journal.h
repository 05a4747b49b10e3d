// The embedded journal: a RocksDB directory. A group becomes a few values of
// about 64 KiB (chunk.h) and the tiles that it filled, in one WriteBatch with
// one fsync. Values live in blob files, so compaction never writes them anew.
//
//   ASSIGN_OR_RETURN(auto journal, RocksJournal::Open("/var/lib/tally/log",
//                    {.mode = OpenMode::kCreateIfMissing,
//                     .new_ledger = fresh_uuid}));

#ifndef TALLY_ENGINE_LOG_ROCKS_JOURNAL_H_
#define TALLY_ENGINE_LOG_ROCKS_JOURNAL_H_

#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/mutex.h"
#include "engine/log/durable_mark.h"
#include "engine/log/journal.h"
#include "engine/log/note_table.h"
#include "engine/log/tile_tree.h"
#include "engine/storage/database.h"

namespace tally {

// The version of what is stored, and the oldest that is still read. A log of
// an older one becomes one of this when it is opened to write; what is in it
// stays as it is.
inline constexpr uint32_t kLogFormat = 2;
inline constexpr uint32_t kLogFormatOldest = 1;

struct JournalOptions {
  OpenMode mode = OpenMode::kExisting;
  // The identity of a ledger that is created here. An existing one keeps its
  // own.
  Uuid new_ledger;
  // Written into every group.
  uint32_t rules_version = 1;
  // The file system; nullptr: the machine's own. Must outlive the journal.
  rocksdb::Env* env = nullptr;
  // Of what was read. In bytes.
  int64_t cache_bytes = 64 << 20;
};

class RocksJournal final : public Journal {
 public:
  // NOT_FOUND, PERMISSION_DENIED, FAILED_PRECONDITION (another process, a
  // newer format) or DATA_LOSS say what keeps it from opening.
  static absl::StatusOr<std::unique_ptr<RocksJournal>> Open(
      const std::string& directory, const JournalOptions& options);
  ~RocksJournal() override;

  absl::Status Append(const Group& group) override;
  TreeHead head() const override;
  absl::Status failure() const override;
  absl::StatusOr<std::unique_ptr<JournalReader>> Read(
      Position from) const override;
  absl::StatusOr<std::string> ReadRecord(Position position) const override;
  const TileTree& tree() const override;
  Uuid ledger() const override { return ledger_; }
  uint64_t writer_epoch() const override { return writer_epoch_; }

  // DATA_LOSS where the mark of what was acknowledged is damaged, as a crash
  // of the machine may leave it until the log is opened to write.
  static absl::Status CheckMark(const std::string& directory,
                                rocksdb::Env* env);

  // For checkpoints and backups, which live beside the log.
  Database* database() const { return database_.get(); }
  // Of signed notes about the log. Must not outlive the journal.
  std::unique_ptr<NoteTable> OpenNotes() const;

 private:
  class Reader;
  class Tiles;

  RocksJournal(std::unique_ptr<Database> database, JournalOptions options);
  absl::Status Recover(Position acknowledged);
  absl::Status RecoverTree(const GroupHeader& last);
  void Latch(const absl::Status& error);

  const std::unique_ptr<Database> database_;
  const JournalOptions options_;
  const std::unique_ptr<Tiles> tiles_;
  const std::unique_ptr<TileTree> tree_;
  Uuid ledger_;
  uint64_t writer_epoch_ = 0;
  std::unique_ptr<DurableMark> mark_;  // of the writer; none to read only

  mutable Mutex mutex_;
  absl::Status failure_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally

#endif  // TALLY_ENGINE_LOG_ROCKS_JOURNAL_H_
