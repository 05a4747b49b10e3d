#include "engine/index/sorted_run.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/index/entry_keys.h"
#include "engine/index/entry_sums.h"
#include "engine/index/event_ids.h"
#include "engine/index/index_end.h"
#include "engine/index/stored_entries.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/sst_file_writer.h"

namespace tally {
namespace {

// The rows of one table, written in ascending order.
class RunFile {
 public:
  RunFile(const Database& database, rocksdb::ColumnFamilyHandle* family)
      : family_(family),
        path_(fmt::format("{}/next_run_of_{}.sst", database.directory(),
                          family->GetName())),
        env_(database.rocks()->GetEnv()),
        writer_(rocksdb::EnvOptions(), database.rocks()->GetOptions(family),
                family) {}

  absl::Status Open() {
    // One that a crash left behind may be part of the database already, under
    // its other name: it is unlinked, never written over.
    const rocksdb::Status removed = env_->DeleteFile(path_);
    if (!removed.ok() && !removed.IsNotFound() && !removed.IsPathNotFound()) {
      const rocksdb::Status found = env_->FileExists(path_);
      if (!found.IsNotFound()) return FromRocks(removed, Doing());
    }
    return FromRocks(writer_.Open(path_), Doing());
  }

  absl::Status Put(std::string_view key, std::string_view value) {
    is_empty_ = false;
    return FromRocks(writer_.Put(ToSlice(key), ToSlice(value)), Doing());
  }

  // Finishes the file and adds it to those that the database is to take.
  absl::Status Finish(std::vector<rocksdb::IngestExternalFileArg>* files) {
    if (is_empty_) return absl::OkStatus();
    RETURN_IF_ERROR(FromRocks(writer_.Finish(), Doing()));
    rocksdb::IngestExternalFileArg file;
    file.column_family = family_;
    file.external_files = {path_};
    file.options.move_files = true;
    file.options.failed_move_fall_back_to_copy = true;
    file.options.write_global_seqno = false;
    files->push_back(std::move(file));
    return absl::OkStatus();
  }

 private:
  std::string Doing() const { return fmt::format("write {}", path_); }

  rocksdb::ColumnFamilyHandle* const family_;
  const std::string path_;
  rocksdb::Env* const env_;
  rocksdb::SstFileWriter writer_;
  bool is_empty_ = true;
};

// One pass over a tail.
class RunWriter {
 public:
  RunWriter(const Tail& tail, const RunFamilies& families, Database* database)
      : tail_(tail),
        families_(families),
        database_(*database),
        ids_(*database, families.ids),
        rows_(*database, families.entries.rows),
        dates_(*database, families.entries.dates),
        sums_(*database, families.entries.sums),
        meta_(*database, database->meta()),
        sum_reader_(*database, families.entries.sums) {}

  absl::Status Write() {
    for (RunFile* file : {&ids_, &rows_, &dates_, &sums_, &meta_}) {
      RETURN_IF_ERROR(file->Open());
    }
    for (const EventIdRow& row : tail_.SortedEventIds()) {
      RETURN_IF_ERROR(ids_.Put(row.id.AsBytes(), EventIds::EncodeRow(row)));
    }
    for (const AccountIndex account : tail_.SortedAccounts()) {
      RETURN_IF_ERROR(WriteAccount(account));
    }
    RETURN_IF_ERROR(meta_.Put(kIndexEndKey, EncodeEnd(tail_.end())));
    std::vector<rocksdb::IngestExternalFileArg> files;
    for (RunFile* file : {&ids_, &rows_, &dates_, &sums_, &meta_}) {
      RETURN_IF_ERROR(file->Finish(&files));
    }
    RETURN_IF_ERROR(FromRocks(database_.rocks()->IngestExternalFiles(files),
                              "add a run to the index"));
    return CheckRuns(database_);
  }

 private:
  absl::Status WriteAccount(AccountIndex account) {
    NumberedEntries entries;
    tail_.AppendEntries(account, &entries);
    std::vector<std::pair<Date, int64_t>> dates;
    int64_t number = entries.first_number;
    for (const EntryRow& row : entries.rows) {
      RETURN_IF_ERROR(rows_.Put(RowKey(account, number), EncodeRow(row)));
      dates.emplace_back(row.date, number++);
    }
    std::sort(dates.begin(), dates.end());
    for (const auto& [date, entry] : dates) {
      RETURN_IF_ERROR(
          dates_.Put(DateKey(account, date, entry), std::string_view()));
    }
    return WriteSums(account, entries);
  }

  // The sums of the blocks that the account's entries fill.
  absl::Status WriteSums(AccountIndex account, const NumberedEntries& entries) {
    int64_t block = entries.first_number / kBlockEntries;
    if (block == entries.end() / kBlockEntries) return absl::OkStatus();
    SumWriter sums(&sum_reader_, account);
    StoredEntries stored(database_, families_.entries.rows, account);
    for (; block < entries.end() / kBlockEntries; ++block) {
      std::map<Date, uint64_t> deltas;
      for (int64_t i = 0; i < kBlockEntries; ++i) {
        const int64_t number = block * kBlockEntries + i;
        EntryRow row;
        if (number < entries.first_number) {
          ASSIGN_OR_RETURN(row, stored.Read(number));
        } else {
          row =
              entries.rows[static_cast<size_t>(number - entries.first_number)];
        }
        deltas[row.date] += static_cast<uint64_t>(row.delta.units());
      }
      RETURN_IF_ERROR(sums.AddFull(block, deltas));
    }
    return sums.Write([this](std::string_view key, std::string_view value) {
      return sums_.Put(key, value);
    });
  }

  const Tail& tail_;
  const RunFamilies families_;
  const Database& database_;
  RunFile ids_;
  RunFile rows_;
  RunFile dates_;
  RunFile sums_;
  RunFile meta_;
  SumReader sum_reader_;
};

}  // namespace

absl::Status CheckRuns(const Database& database) {
  std::vector<rocksdb::LiveFileMetaData> files;
  database.rocks()->GetLiveFilesMetaData(&files);
  for (const rocksdb::LiveFileMetaData& file : files) {
    if (!file.smallestkey.empty() || file.num_entries == 0) continue;
    return absl::DataLossError(fmt::format(
        "{}{} was added to the index without being read: its rows are not "
        "found",
        file.db_path, file.name));
  }
  return absl::OkStatus();
}

absl::Status WriteSortedRun(const Tail& tail, const RunFamilies& families,
                            Database* database) {
  return RunWriter(tail, families, database).Write();
}

}  // namespace tally
