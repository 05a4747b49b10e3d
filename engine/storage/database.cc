#include "engine/storage/database.h"

#include <algorithm>
#include <cstdarg>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/status_macros.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/env.h"

namespace tally {
namespace {

// RocksDB's messages to itself go nowhere. Its own log of them is a file in the
// directory: on a full disk the packaged library ends the process there, with
// an assertion at the second message, and it makes the file even to read only.
// What a person needs to know is in the statuses that it returns.
class NoMessages final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kLedgerKey = "ledger";

// RocksDB opens only with every family named that is on disk, those of
// another version of this program included.
std::vector<rocksdb::ColumnFamilyDescriptor> Descriptors(
    std::span<const ColumnFamily> families,
    const std::vector<std::string>& on_disk) {
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const ColumnFamily& family : families) {
    descriptors.emplace_back(family.name, family.options);
  }
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName,
                           rocksdb::ColumnFamilyOptions());
  for (const std::string& name : on_disk) {
    const bool known = std::any_of(
        descriptors.begin(), descriptors.end(),
        [&name](const auto& descriptor) { return descriptor.name == name; });
    if (!known) {
      descriptors.emplace_back(name, rocksdb::ColumnFamilyOptions());
    }
  }
  return descriptors;
}

// RocksDB says in several ways that a directory is not as it left it: a file
// that another one names is missing, a number that it never writes. Where a
// database was once, each of them is damage to who only reads.
absl::Status FromReading(const rocksdb::Status& status,
                         const std::string& directory,
                         const std::string& doing) {
  const absl::Status error = FromRocks(status, doing);
  const bool is_odd =
      absl::IsNotFound(error) || absl::IsFailedPrecondition(error);
  std::error_code ignored;
  if (!is_odd || !std::filesystem::exists(directory + "/CURRENT", ignored)) {
    return error;
  }
  return absl::DataLossError(error.message());
}

}  // namespace

rocksdb::DBOptions DefaultRocksOptions() {
  rocksdb::DBOptions options;
  options.create_missing_column_families = true;
  // An error stays an error until the directory is opened again: the outcome
  // of a failed write is unknown, so nothing may quietly go on after it.
  options.max_bgerror_resume_count = 0;
  options.paranoid_checks = true;
  options.track_and_verify_wals_in_manifest = true;
  options.max_background_jobs = 2;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.info_log = std::make_shared<NoMessages>();
  options.max_open_files = 1024;
  // Of every family, at every opening; the default of 16 costs more than the
  // files that there are.
  options.max_file_opening_threads = 2;
  return options;
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(
    const std::string& directory, std::span<const ColumnFamily> families,
    const DatabaseOptions& options) {
  const std::string doing = fmt::format("open {}", directory);
  rocksdb::DBOptions rocks_options = options.rocks;
  rocks_options.create_if_missing = options.mode == OpenMode::kCreateIfMissing;

  std::vector<std::string> on_disk;
  rocksdb::Status listed =
      rocksdb::DB::ListColumnFamilies(rocks_options, directory, &on_disk);
  // A new directory has no families to list.
  if (!listed.ok() && options.mode == OpenMode::kReadOnly) {
    return FromReading(listed, directory, doing);
  }
  if (!listed.ok() && !rocks_options.create_if_missing) {
    return FromRocks(listed, doing);
  }

  const auto descriptors = Descriptors(families, on_disk);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* rocks = nullptr;
  const rocksdb::Status opened =
      options.mode == OpenMode::kReadOnly
          ? rocksdb::DB::OpenForReadOnly(rocks_options, directory, descriptors,
                                         &handles, &rocks)
          : rocksdb::DB::Open(rocks_options, directory, descriptors, &handles,
                              &rocks);
  if (options.mode == OpenMode::kReadOnly) {
    RETURN_IF_ERROR(FromReading(opened, directory, doing));
  }
  RETURN_IF_ERROR(FromRocks(opened, doing));
  return std::unique_ptr<Database>(new Database(
      directory, std::unique_ptr<rocksdb::DB>(rocks), std::move(handles)));
}

Database::Database(std::string directory, std::unique_ptr<rocksdb::DB> rocks,
                   std::vector<rocksdb::ColumnFamilyHandle*> families)
    : directory_(std::move(directory)),
      rocks_(std::move(rocks)),
      families_(std::move(families)) {}

Database::~Database() {
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    rocks_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  // What an error at the end leaves behind, the next Open() recovers.
  rocks_->Close().PermitUncheckedError();
}

absl::StatusOr<std::optional<std::string>> Database::GetMeta(
    std::string_view key) const {
  std::string value;
  const rocksdb::Status got =
      rocks_->Get(rocksdb::ReadOptions(), meta(), ToSlice(key), &value);
  if (got.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(
      FromRocks(got, fmt::format("read \"{}\" of {}", key, directory_)));
  return value;
}

absl::StatusOr<std::optional<Stamp>> ReadStamp(const Database& database) {
  ASSIGN_OR_RETURN(const auto format, database.GetMeta(kFormatKey));
  ASSIGN_OR_RETURN(const auto ledger, database.GetMeta(kLedgerKey));
  if (!format.has_value() && !ledger.has_value()) return std::nullopt;
  Stamp stamp;
  if (!format.has_value() || format->size() != 4 || !ledger.has_value() ||
      ledger->size() != stamp.ledger.bytes.size()) {
    return absl::DataLossError(fmt::format(
        "{} does not say which format it has", database.directory()));
  }
  stamp.format = FixedReader(*format).Little32();
  std::memcpy(stamp.ledger.bytes.data(), ledger->data(), ledger->size());
  return stamp;
}

absl::Status WriteStamp(const Stamp& stamp, Database* database) {
  std::string format;
  AppendLittle32(stamp.format, &format);
  rocksdb::WriteBatch batch;
  batch.Put(database->meta(), ToSlice(kFormatKey), format);
  batch.Put(database->meta(), ToSlice(kLedgerKey),
            ToSlice(stamp.ledger.AsBytes()));
  rocksdb::WriteOptions durable;
  durable.sync = true;
  return FromRocks(database->rocks()->Write(durable, &batch),
                   fmt::format("create {}", database->directory()));
}

absl::Status CheckFormat(const Stamp& stamp, uint32_t oldest, uint32_t newest,
                         std::string_view what, const std::string& directory) {
  TALLY_CHECK(oldest <= newest);
  if (stamp.format > newest) {
    return absl::FailedPreconditionError(fmt::format(
        "the {} in {} has format {}, newer than {}, the newest that this "
        "program reads",
        what, directory, stamp.format, newest));
  }
  if (stamp.format < oldest) {
    return absl::FailedPreconditionError(fmt::format(
        "the {} in {} has format {}, older than {}, the oldest that this "
        "program reads",
        what, directory, stamp.format, oldest));
  }
  return absl::OkStatus();
}

}  // namespace tally
