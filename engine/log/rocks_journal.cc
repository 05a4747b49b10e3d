#include "engine/log/rocks_journal.h"

#include <array>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/log/append_plan.h"
#include "engine/log/chunk.h"
#include "engine/log/rocks_journal_reader.h"
#include "engine/log/rocks_note_table.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/cache.h"
#include "rocksdb/table.h"
#include "rocksdb/write_batch.h"

namespace tally {
namespace {

// The column families, in the order in which they are opened.
enum Family : size_t { kLog, kTree, kNote, kFamilyCount };

constexpr std::string_view kWriterEpochKey = "writer_epoch";
constexpr std::string_view kMarkFile = "ACKNOWLEDGED";

rocksdb::FileSystem* FilesOf(rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  return env->GetFileSystem().get();
}

std::string MarkPath(const std::string& directory) {
  return fmt::format("{}/{}", directory, kMarkFile);
}

// Positions below it were acknowledged.
absl::StatusOr<Position> ReadMark(const std::string& directory,
                                  const JournalOptions& options) {
  return DurableMark::Read(FilesOf(options.env), MarkPath(directory));
}

std::string TileKey(TileId tile) {
  std::string key;
  AppendBig(static_cast<uint64_t>(tile.level), 1, &key);
  AppendBig64(static_cast<uint64_t>(tile.index), &key);
  return key;
}

// Large values live in blob files: what compaction moves is keys alone. What
// is written once is never collected there.
rocksdb::ColumnFamilyOptions BlobFamily(
    const std::shared_ptr<rocksdb::Cache>& cache, uint64_t write_buffer_bytes,
    rocksdb::CompressionType compression) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = write_buffer_bytes;
  options.enable_blob_files = true;
  options.min_blob_size = 2048;
  options.blob_compression_type = compression;
  options.blob_cache = cache;
  options.compression = compression;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

std::array<ColumnFamily, kFamilyCount> Families(int64_t cache_bytes) {
  const auto cache = rocksdb::NewLRUCache(static_cast<size_t>(cache_bytes));
  std::array<ColumnFamily, kFamilyCount> families;
  families[kLog] = {
      "log",
      BlobFamily(cache, 64 << 20, rocksdb::CompressionType::kLZ4Compression)};
  families[kTree] = {
      "tree",
      BlobFamily(cache, 16 << 20, rocksdb::CompressionType::kNoCompression)};
  families[kNote] = {"note", rocksdb::ColumnFamilyOptions()};
  families[kNote].options.write_buffer_size = 1 << 20;
  return families;
}

DatabaseOptions DatabaseOptionsOf(const JournalOptions& options) {
  DatabaseOptions database{.mode = options.mode,
                           .rocks = DefaultRocksOptions()};
  if (options.env != nullptr) database.rocks.env = options.env;
  // Takes a torn group at the end for what it is; durable_mark.h tells it
  // from damage.
  database.rocks.wal_recovery_mode =
      rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  if (options.mode == OpenMode::kReadOnly) {
    // Beside a writer, which takes files away that it has replaced.
    database.rocks.max_open_files = -1;
    // Who only looks is told of a wrong byte, and not of what precedes it
    // alone; a write that was cut off at the end is none.
    database.rocks.wal_recovery_mode =
        rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  }
  // Bounds what has to be read again after a crash.
  database.rocks.max_total_wal_size = 256 << 20;
  return database;
}

// The stamp of an existing log, or of the one that begins here.
absl::StatusOr<Stamp> OpenStamp(const JournalOptions& options,
                                Database* database) {
  ASSIGN_OR_RETURN(const auto found, ReadStamp(*database));
  if (found.has_value()) {
    RETURN_IF_ERROR(CheckFormat(*found, kLogFormatOldest, kLogFormat, "log",
                                database->directory()));
    return *found;
  }
  if (options.mode != OpenMode::kCreateIfMissing) {
    return absl::NotFoundError(
        fmt::format("{} holds no log", database->directory()));
  }
  const Stamp stamp{.format = kLogFormat, .ledger = options.new_ledger};
  RETURN_IF_ERROR(WriteStamp(stamp, database));
  return stamp;
}

// Before anything is written that a program of an older format would take for
// damage.
absl::Status RaiseFormat(const Stamp& stamp, Database* database) {
  if (stamp.format == kLogFormat) return absl::OkStatus();
  return WriteStamp({.format = kLogFormat, .ledger = stamp.ledger}, database);
}

// Takes the next epoch, durably: no two writers ever have the same.
absl::StatusOr<uint64_t> NextWriterEpoch(OpenMode mode, Database* database) {
  ASSIGN_OR_RETURN(const auto stored, database->GetMeta(kWriterEpochKey));
  uint64_t epoch = 0;
  if (stored.has_value()) {
    FixedReader reader(*stored);
    epoch = reader.Little64();
    if (!reader.AtEnd()) {
      return absl::DataLossError(fmt::format(
          "the writer epoch of {} is damaged", database->directory()));
    }
  }
  if (mode == OpenMode::kReadOnly) return epoch;
  ++epoch;
  std::string value;
  AppendLittle64(epoch, &value);
  rocksdb::WriteOptions durable;
  durable.sync = true;
  RETURN_IF_ERROR(
      FromRocks(database->rocks()->Put(durable, database->meta(),
                                       ToSlice(kWriterEpochKey), value),
                fmt::format("open {} for writing", database->directory())));
  return epoch;
}

}  // namespace

class RocksJournal::Tiles final : public TileReader {
 public:
  explicit Tiles(const Database* database) : database_(database) {}

  absl::StatusOr<std::string> ReadTile(TileId tile) const override {
    std::string bytes;
    const rocksdb::Status got = database_->rocks()->Get(
        rocksdb::ReadOptions(), database_->family(kTree), TileKey(tile),
        &bytes);
    const std::string doing =
        fmt::format("read tile {} of level {}", tile.index, tile.level);
    if (got.IsNotFound()) {
      return absl::DataLossError(fmt::format("{}: it is not there", doing));
    }
    RETURN_IF_ERROR(FromRocks(got, doing));
    return bytes;
  }

 private:
  const Database* database_;
};

absl::StatusOr<std::unique_ptr<RocksJournal>> RocksJournal::Open(
    const std::string& directory, const JournalOptions& options) {
  if (options.mode == OpenMode::kCreateIfMissing &&
      options.new_ledger.IsNil()) {
    return absl::InvalidArgumentError("a new ledger needs an identity");
  }
  // Read first: a writer that has the log open moves the mark on meanwhile.
  Position acknowledged = 0;
  if (options.mode == OpenMode::kReadOnly) {
    ASSIGN_OR_RETURN(acknowledged, ReadMark(directory, options));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                   Database::Open(directory, Families(options.cache_bytes),
                                  DatabaseOptionsOf(options)));
  if (options.mode != OpenMode::kReadOnly) {
    ASSIGN_OR_RETURN(acknowledged, ReadMark(directory, options));
  }
  ASSIGN_OR_RETURN(const Stamp stamp, OpenStamp(options, database.get()));
  ASSIGN_OR_RETURN(const uint64_t epoch,
                   NextWriterEpoch(options.mode, database.get()));
  std::unique_ptr<RocksJournal> journal(
      new RocksJournal(std::move(database), options));
  journal->ledger_ = stamp.ledger;
  journal->writer_epoch_ = epoch;
  RETURN_IF_ERROR(journal->Recover(acknowledged));
  if (options.mode != OpenMode::kReadOnly) {
    RETURN_IF_ERROR(RaiseFormat(stamp, journal->database()));
  }
  return journal;
}

absl::Status RocksJournal::CheckMark(const std::string& directory,
                                     rocksdb::Env* env) {
  return DurableMark::Check(FilesOf(env), MarkPath(directory));
}

RocksJournal::RocksJournal(std::unique_ptr<Database> database,
                           JournalOptions options)
    : database_(std::move(database)),
      options_(std::move(options)),
      tiles_(std::make_unique<Tiles>(database_.get())),
      tree_(std::make_unique<TileTree>(tiles_.get())) {
  if (options_.mode == OpenMode::kReadOnly) {
    failure_ = absl::UnavailableError("the log was opened for reading only");
  }
}

RocksJournal::~RocksJournal() {
  // Without it the mark is only older than it could be.
  if (mark_ != nullptr) mark_->Sync().IgnoreError();
}

absl::Status RocksJournal::Recover(Position acknowledged) {
  ASSIGN_OR_RETURN(const std::optional<GroupHeader> last,
                   ReadLastGroup(*database_, database_->family(kLog)));
  const Position end = last.has_value() ? last->end() : 0;
  if (end < acknowledged) {
    return absl::DataLossError(fmt::format(
        "the log in {} is damaged at position {}: it ends there, but all "
        "before {} was acknowledged",
        database_->directory(), end, acknowledged));
  }
  if (options_.mode != OpenMode::kReadOnly) {
    ASSIGN_OR_RETURN(mark_,
                     DurableMark::Open(FilesOf(options_.env),
                                       MarkPath(database_->directory())));
  }
  return last.has_value() ? RecoverTree(*last) : absl::OkStatus();
}

absl::Status RocksJournal::RecoverTree(const GroupHeader& last) {
  const Position end = last.end();
  const Position edge = end - end % kTileHashes;
  RocksJournalReader reader(*database_, database_->family(kLog), edge, end);
  std::vector<Sha256Digest> leaves;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, reader.Next());
    if (!more) break;
    leaves.push_back(LeafHash(reader.record()));
  }
  RETURN_IF_ERROR(tree_->Recover(end, leaves));
  if (tree_->head().root == last.root) return absl::OkStatus();
  return absl::DataLossError(fmt::format(
      "the tree of the {} records in {} does not have the root that the last "
      "group says",
      end, database_->directory()));
}

absl::Status RocksJournal::Append(const Group& group) {
  RETURN_IF_ERROR(failure());
  RETURN_IF_ERROR(CheckExpected(group, head().size));
  if (group.empty()) return absl::OkStatus();
  AppendPlan plan =
      PlanAppend(*tree_, group, writer_epoch_, options_.rules_version);
  rocksdb::WriteBatch batch;
  std::string value;
  for (const ChunkRange range : CutIntoChunks(group)) {
    value.clear();
    EncodeChunk(plan.header, group, range, &value);
    batch.Put(database_->family(kLog), ChunkKey(group.first() + range.begin),
              value);
  }
  for (const TreeGrowth::FullTile& tile : plan.growth.full) {
    batch.Put(database_->family(kTree), TileKey(tile.id), tile.bytes);
  }
  rocksdb::WriteOptions durable;
  durable.sync = true;
  const absl::Status written =
      FromRocks(database_->rocks()->Write(durable, &batch),
                fmt::format("append at position {}", group.first()));
  if (!written.ok()) {
    // Whether it is on disk is unknown, so nothing may be put after it.
    Latch(written);
    return written;
  }
  // From here on the group is durable, and may be seen.
  tree_->Adopt(std::move(plan.growth));
  const absl::Status marked = mark_->Advance(group.end());
  // This group is safe; but a disk that fails here is not to be trusted.
  if (!marked.ok()) Latch(marked);
  return absl::OkStatus();
}

void RocksJournal::Latch(const absl::Status& error) {
  MutexLock lock(&mutex_);
  failure_ = absl::UnavailableError(
      fmt::format("the log takes no more appends: {}", MessageOf(error)));
}

TreeHead RocksJournal::head() const { return tree_->head(); }

absl::Status RocksJournal::failure() const {
  MutexLock lock(&mutex_);
  return failure_;
}

absl::StatusOr<std::unique_ptr<JournalReader>> RocksJournal::Read(
    Position from) const {
  const Position end = head().size;
  RETURN_IF_ERROR(CheckPosition(from, end, /*or_end=*/true));
  return std::make_unique<RocksJournalReader>(
      *database_, database_->family(kLog), from, end);
}

absl::StatusOr<std::string> RocksJournal::ReadRecord(Position position) const {
  RETURN_IF_ERROR(CheckPosition(position, head().size, /*or_end=*/false));
  RocksJournalReader reader(*database_, database_->family(kLog), position,
                            position + 1);
  ASSIGN_OR_RETURN(const bool found, reader.Next());
  TALLY_CHECK(found);
  return std::string(reader.record());
}

const TileTree& RocksJournal::tree() const { return *tree_; }

std::unique_ptr<NoteTable> RocksJournal::OpenNotes() const {
  return std::make_unique<RocksNoteTable>(database_.get(),
                                          database_->family(kNote));
}

}  // namespace tally
