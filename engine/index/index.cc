#include "engine/index/index.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/index/index_end.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/cache.h"
#include "rocksdb/write_batch.h"

namespace tally {
namespace {

// The column families, in the order in which they are opened. All before
// kRefusals follow from the log.
enum Family : size_t {
  kIds,
  kRows,
  kDates,
  kSums,
  kEffects,
  kRefusals,
  kFamilyCount
};

std::array<ColumnFamily, kFamilyCount> Families(const IndexOptions& options) {
  const auto cache =
      rocksdb::NewLRUCache(static_cast<size_t>(options.cache_bytes));
  const int64_t buffer = options.write_buffer_bytes;
  std::array<ColumnFamily, kFamilyCount> families;
  families[kIds] = {"ids", EventIds::FamilyOptions(cache, buffer)};
  families[kRows] = {"entry_rows", Entries::FamilyOptions(cache, buffer)};
  families[kDates] = {"entry_dates", Entries::FamilyOptions(cache, buffer)};
  families[kSums] = {"entry_sums", Entries::FamilyOptions(cache, buffer)};
  families[kEffects] = {"effects", Entries::FamilyOptions(cache, buffer)};
  families[kRefusals] = {"refusals", Entries::FamilyOptions(cache, buffer)};
  return families;
}

DatabaseOptions DatabaseOptionsOf(const IndexOptions& options) {
  DatabaseOptions database{.mode = options.mode,
                           .rocks = DefaultRocksOptions()};
  if (options.env != nullptr) database.rocks.env = options.env;
  if (options.mode == OpenMode::kReadOnly) {
    // Beside a writer, which takes files away that it has replaced.
    database.rocks.max_open_files = -1;
    // Who only looks is told of a wrong byte, and not of what precedes it
    // alone; a write that was cut off at the end is none.
    database.rocks.wal_recovery_mode =
        rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  }
  return database;
}

absl::Status CheckStamp(const IndexOptions& options, Database* database) {
  ASSIGN_OR_RETURN(const auto found, ReadStamp(*database));
  if (!found.has_value()) {
    if (options.mode != OpenMode::kCreateIfMissing) {
      return absl::NotFoundError(
          fmt::format("{} holds no index", database->directory()));
    }
    return WriteStamp({.format = kIndexFormat, .ledger = options.ledger},
                      database);
  }
  RETURN_IF_ERROR(CheckFormat(*found, kIndexFormatOldest, kIndexFormat, "index",
                              database->directory()));
  if (found->ledger != options.ledger) {
    return absl::FailedPreconditionError(
        fmt::format("the index in {} belongs to ledger {}, not to {}",
                    database->directory(), found->ledger.ToString(),
                    options.ledger.ToString()));
  }
  return absl::OkStatus();
}

rocksdb::WriteOptions Durably() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

EntryFamilies EntryFamiliesOf(const Database& database) {
  return {.rows = database.family(kRows),
          .dates = database.family(kDates),
          .sums = database.family(kSums)};
}

// The rows of positions from `end` on; rows are in the order of the log.
template <typename Row>
std::span<const Row> RowsFrom(Position end, const std::vector<Row>& rows) {
  const auto first = std::partition_point(
      rows.begin(), rows.end(),
      [end](const Row& row) { return row.position < end; });
  return {first, rows.end()};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Index>> Index::Open(
    const std::string& directory, const IndexOptions& options) {
  ASSIGN_OR_RETURN(
      std::unique_ptr<Database> database,
      Database::Open(directory, Families(options), DatabaseOptionsOf(options)));
  RETURN_IF_ERROR(CheckStamp(options, database.get()));
  RETURN_IF_ERROR(CheckRuns(*database));
  ASSIGN_OR_RETURN(const Position end, ReadEnd(*database));
  ASSIGN_OR_RETURN(std::unique_ptr<Refusals> refusals,
                   Refusals::Open(database.get(), database->family(kRefusals),
                                  options.refusals_max));
  std::unique_ptr<Index> index(new Index(std::move(database), options, end));
  index->refusals_ = std::move(refusals);
  RETURN_IF_ERROR(index->Renew());
  return index;
}

absl::StatusOr<std::unique_ptr<Index>> Index::OpenOrRemake(
    const std::string& directory, const IndexOptions& options) {
  absl::StatusOr<std::unique_ptr<Index>> index = Open(directory, options);
  if (!absl::IsDataLoss(index.status())) return index;
  const std::string aside = directory + ".damaged";
  std::error_code error;
  std::filesystem::remove_all(aside, error);
  std::filesystem::rename(directory, aside, error);
  if (error) return index;
  return Open(directory, options);
}

Index::Index(std::unique_ptr<Database> database, const IndexOptions& options,
             Position end)
    : options_(options),
      database_(std::move(database)),
      tails_(end),
      counts_(database_.get(), database_->family(kRows)),
      event_ids_(std::make_unique<EventIds>(database_.get(),
                                            database_->family(kIds), &tails_)),
      effects_(std::make_unique<EffectRows>(database_.get(),
                                            database_->family(kEffects))),
      entries_(std::make_unique<Entries>(database_.get(),
                                         EntryFamiliesOf(*database_), &tails_)),
      run_maker_(database_.get(),
                 {.ids = database_->family(kIds),
                  .entries = EntryFamiliesOf(*database_)},
                 &tails_) {}

Index::~Index() {
  if (options_.mode == OpenMode::kReadOnly) return;
  // What does not become a run, the log makes again.
  MakeRun(/*wait=*/true).IgnoreError();
  run_maker_.AwaitIdle(/*wait=*/true).IgnoreError();
}

absl::Status Index::Renew() {
  if (options_.mode == OpenMode::kReadOnly) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto stamp, ReadStamp(*database_));
  if (!stamp.has_value() || stamp->format == kIndexFormat) {
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Clear());
  return WriteStamp({.format = kIndexFormat, .ledger = options_.ledger},
                    database_.get());
}

absl::Status Index::Apply(const IndexBatch& batch) {
  const Position end = tails_.end();
  TALLY_CHECK(batch.first <= batch.end);
  if (batch.first > end) {
    return absl::FailedPreconditionError(fmt::format(
        "the index ends at {}, the batch starts at {}", end, batch.first));
  }
  if (batch.end <= end) return absl::OkStatus();
  const std::span<const EntryRow> entries = RowsFrom(end, batch.entries);
  ASSIGN_OR_RETURN(const std::vector<int64_t> numbers, counts_.Number(entries));
  // Before end() tells of them.
  RETURN_IF_ERROR(Noted(effects_->Put(end, batch.effects)));
  tails_.Add(batch.end, RowsFrom(end, batch.event_ids), entries, numbers);
  const int64_t open_rows = tails_.open_size();
  if (open_rows < options_.run_rows) return absl::OkStatus();
  return MakeRun(/*wait=*/open_rows >= 2 * options_.run_rows);
}

absl::Status Index::CheckFiles() const {
  return FromRocks(database_->rocks()->VerifyChecksum(),
                   "read the files of the index");
}

absl::Status Index::AddRefusals(std::span<const RefusalRow> refusals) {
  return Noted(refusals_->Add(refusals));
}

absl::Status Index::Noted(absl::Status written) {
  if (!written.ok() && failure_.ok()) failure_ = written;
  return written;
}

absl::Status Index::MakeRun(bool wait) {
  // RocksDB aborts the process when a write-ahead log that failed is synced.
  RETURN_IF_ERROR(failure_);
  ASSIGN_OR_RETURN(const bool idle, run_maker_.AwaitIdle(wait));
  if (!idle) return absl::OkStatus();
  // What is written as it comes has to be there when a run says so.
  RETURN_IF_ERROR(
      Noted(FromRocks(database_->rocks()->SyncWAL(), "sync the index")));
  run_maker_.Begin();
  return absl::OkStatus();
}

absl::Status Index::Flush() {
  RETURN_IF_ERROR(MakeRun(/*wait=*/true));
  RETURN_IF_ERROR(run_maker_.AwaitIdle(/*wait=*/true).status());
  return FromRocks(database_->rocks()->Flush(rocksdb::FlushOptions(),
                                             database_->family(kRefusals)),
                   "flush the index");
}

absl::Status Index::Clear() {
  RETURN_IF_ERROR(MakeRun(/*wait=*/true));
  RETURN_IF_ERROR(run_maker_.AwaitIdle(/*wait=*/true).status());
  // Beyond every key: none is as long, and no byte is higher.
  const std::string beyond(64, '\xFF');
  rocksdb::WriteBatch writes;
  for (size_t i = 0; i < kRefusals; ++i) {
    writes.DeleteRange(database_->family(i), rocksdb::Slice(), beyond);
  }
  writes.Put(database_->meta(), ToSlice(kIndexEndKey), EncodeEnd(0));
  RETURN_IF_ERROR(FromRocks(database_->rocks()->Write(Durably(), &writes),
                            "empty the index"));
  tails_.Clear(0);
  counts_.Clear();
  for (size_t i = 0; i < kRefusals; ++i) {
    RETURN_IF_ERROR(FromRocks(database_->rocks()->CompactRange(
                                  rocksdb::CompactRangeOptions(),
                                  database_->family(i), nullptr, nullptr),
                              "empty the index"));
  }
  return absl::OkStatus();
}

}  // namespace tally
