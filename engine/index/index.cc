#include "engine/index/index.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/cache.h"
#include "rocksdb/write_batch.h"

namespace tally {
namespace {

// The column families, in the order in which they are opened. All before
// kRefusals follow from the log.
enum Family : size_t { kIds, kRows, kDates, kSums, kRefusals, kFamilyCount };

constexpr std::string_view kEndKey = "end";

std::array<ColumnFamily, kFamilyCount> Families(const IndexOptions& options) {
  const auto cache =
      rocksdb::NewLRUCache(static_cast<size_t>(options.cache_bytes));
  const int64_t buffer = options.write_buffer_bytes;
  std::array<ColumnFamily, kFamilyCount> families;
  families[kIds] = {"ids", EventIds::FamilyOptions(cache, buffer)};
  families[kRows] = {"entry_rows", Entries::FamilyOptions(cache, buffer)};
  families[kDates] = {"entry_dates", Entries::FamilyOptions(cache, buffer)};
  families[kSums] = {"entry_sums", Entries::FamilyOptions(cache, buffer)};
  families[kRefusals] = {"refusals", Entries::FamilyOptions(cache, buffer)};
  return families;
}

DatabaseOptions DatabaseOptionsOf(const IndexOptions& options) {
  DatabaseOptions database{.mode = options.mode,
                           .rocks = DefaultRocksOptions()};
  if (options.env != nullptr) database.rocks.env = options.env;
  // What is written without a log of its own becomes durable all at once, so
  // that the tables never disagree on end() after a crash.
  database.rocks.atomic_flush = true;
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
  RETURN_IF_ERROR(CheckFormat(*found, kIndexFormat, kIndexFormat, "index",
                              database->directory()));
  if (found->ledger != options.ledger) {
    return absl::FailedPreconditionError(
        fmt::format("the index in {} belongs to ledger {}, not to {}",
                    database->directory(), found->ledger.ToString(),
                    options.ledger.ToString()));
  }
  return absl::OkStatus();
}

absl::StatusOr<Position> ReadEnd(const Database& database) {
  ASSIGN_OR_RETURN(const auto stored, database.GetMeta(kEndKey));
  if (!stored.has_value()) return 0;
  FixedReader reader(*stored);
  const auto end = static_cast<Position>(reader.Little64());
  if (!reader.AtEnd() || end < 0) {
    return absl::DataLossError(fmt::format(
        "the index in {} does not say how far it goes", database.directory()));
  }
  return end;
}

void PutEnd(Position end, const Database& database,
            rocksdb::WriteBatch* batch) {
  std::string value;
  AppendLittle64(static_cast<uint64_t>(end), &value);
  batch->Put(database.meta(), ToSlice(kEndKey), value);
}

rocksdb::WriteOptions WithoutLog() {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return options;
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
  ASSIGN_OR_RETURN(const Position end, ReadEnd(*database));
  ASSIGN_OR_RETURN(std::unique_ptr<Refusals> refusals,
                   Refusals::Open(database.get(), database->family(kRefusals),
                                  options.refusals_max));
  std::unique_ptr<Index> index(new Index(std::move(database)));
  index->refusals_ = std::move(refusals);
  index->end_ = end;
  return index;
}

Index::Index(std::unique_ptr<Database> database)
    : database_(std::move(database)),
      event_ids_(
          std::make_unique<EventIds>(database_.get(), database_->family(kIds))),
      entries_(std::make_unique<Entries>(database_.get(),
                                         Entries::Families{
                                             .rows = database_->family(kRows),
                                             .dates = database_->family(kDates),
                                             .sums = database_->family(kSums),
                                         })) {}

Index::~Index() = default;

absl::Status Index::Apply(const IndexBatch& batch) {
  const Position end = end_.load(std::memory_order_relaxed);
  TALLY_CHECK(batch.first <= batch.end);
  if (batch.first > end) {
    return absl::FailedPreconditionError(fmt::format(
        "the index ends at {}, the batch starts at {}", end, batch.first));
  }
  if (batch.end <= end) return absl::OkStatus();
  rocksdb::WriteBatch writes;
  event_ids_->Put(RowsFrom(end, batch.event_ids), &writes);
  absl::Status status = entries_->Put(RowsFrom(end, batch.entries), &writes);
  if (status.ok()) {
    PutEnd(batch.end, *database_, &writes);
    status = FromRocks(database_->rocks()->Write(WithoutLog(), &writes),
                       "write the index");
  }
  if (!status.ok()) {
    entries_->Forget();
    return status;
  }
  end_.store(batch.end, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status Index::Flush() {
  std::vector<rocksdb::ColumnFamilyHandle*> families = {database_->meta()};
  for (size_t i = 0; i < kFamilyCount; ++i) {
    families.push_back(database_->family(i));
  }
  return FromRocks(database_->rocks()->Flush(rocksdb::FlushOptions(), families),
                   "flush the index");
}

absl::Status Index::Clear() {
  // Beyond every key: none is as long, and no byte is higher.
  const std::string beyond(64, '\xFF');
  rocksdb::WriteBatch writes;
  for (size_t i = 0; i < kRefusals; ++i) {
    writes.DeleteRange(database_->family(i), rocksdb::Slice(), beyond);
  }
  PutEnd(0, *database_, &writes);
  end_.store(0, std::memory_order_release);
  entries_->Forget();
  RETURN_IF_ERROR(FromRocks(database_->rocks()->Write(WithoutLog(), &writes),
                            "empty the index"));
  RETURN_IF_ERROR(Flush());
  for (size_t i = 0; i < kRefusals; ++i) {
    RETURN_IF_ERROR(FromRocks(database_->rocks()->CompactRange(
                                  rocksdb::CompactRangeOptions(),
                                  database_->family(i), nullptr, nullptr),
                              "empty the index"));
  }
  return absl::OkStatus();
}

}  // namespace tally
