#include "engine/ledger/details.h"

#include <array>
#include <utility>

#include "engine/base/hex.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/env.h"

namespace tally {
namespace {

constexpr std::string_view kPrefix = "details:";
constexpr uint32_t kFormat = 1;
// The first byte of a row says whether it is a text or an erasure.
constexpr char kTextRow = 't';
constexpr char kErasedRow = 'e';

std::string_view BytesOf(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool IsReference(std::string_view reference) {
  return reference.starts_with(kPrefix) &&
         reference.size() == kPrefix.size() + 2 * sizeof(Sha256Digest) &&
         reference.find_first_not_of("0123456789abcdef", kPrefix.size()) ==
             std::string_view::npos;
}

absl::Status NoReference(std::string_view reference) {
  return absl::InvalidArgumentError(
      fmt::format("reference \"{}\": must be {} and 64 hexadecimal digits",
                  reference.substr(0, 100), kPrefix));
}

absl::StatusOr<DetailsRow> DecodeRow(std::string_view reference,
                                     std::string_view value) {
  DetailsRow row;
  FixedReader reader(value);
  const std::string_view kind = reader.Bytes(1);
  if (kind == std::string_view(&kErasedRow, 1)) {
    row.erased.emplace();
    row.erased->at = Instant(static_cast<int64_t>(reader.Little64()));
    row.erased->reason = reader.rest();
    if (reader.ok()) return row;
  } else if (kind == std::string_view(&kTextRow, 1)) {
    row.salt = reader.Bytes(sizeof(Sha256Digest));
    row.text = reader.rest();
    if (reader.ok() &&
        HexOf(Sha256(row.salt, row.text)) == reference.substr(kPrefix.size())) {
      return row;
    }
  }
  return absl::DataLossError(
      fmt::format("what {} refers to is damaged", reference));
}

rocksdb::WriteOptions Durably() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

std::string MarkOf(const std::string& directory) {
  return directory + "/ACKNOWLEDGED";
}

rocksdb::FileSystem* Files() {
  return rocksdb::Env::Default()->GetFileSystem().get();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Details>> Details::Open(
    const std::string& directory, OpenMode mode) {
  std::array<ColumnFamily, 1> families;
  families[0] = {"texts", rocksdb::ColumnFamilyOptions()};
  // A text is to be where erasing finds it, and nowhere else.
  families[0].options.compression = rocksdb::CompressionType::kNoCompression;
  DatabaseOptions options{.mode = mode, .rocks = DefaultRocksOptions()};
  if (mode == OpenMode::kReadOnly) {
    // Who only looks is told of a wrong byte.
    options.rocks.max_open_files = -1;
    options.rocks.wal_recovery_mode =
        rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  }
  // Read first: a writer that has the store open moves the mark on meanwhile.
  ASSIGN_OR_RETURN(const Position acknowledged,
                   DurableMark::Read(Files(), MarkOf(directory)));
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                   Database::Open(directory, families, options));
  // Not make_unique: the constructor is private.
  std::unique_ptr<Details> details(new Details(std::move(database)));
  if (details->writes() < acknowledged) {
    return absl::DataLossError(fmt::format(
        "the store of details in {} has {} writes, but {} were acknowledged: "
        "the last ones are lost",
        directory, details->writes(), acknowledged));
  }
  RETURN_IF_ERROR(details->CheckStamp(mode));
  if (mode != OpenMode::kReadOnly) RETURN_IF_ERROR(details->OpenMark());
  return details;
}

absl::Status Details::CheckStamp(OpenMode mode) {
  const std::string& directory = database_->directory();
  ASSIGN_OR_RETURN(const auto stamp, ReadStamp(*database_));
  if (stamp.has_value()) {
    return CheckFormat(*stamp, kFormat, kFormat, "store of details", directory);
  }
  if (mode != OpenMode::kCreateIfMissing) return absl::OkStatus();
  return WriteStamp({.format = kFormat, .ledger = {}}, database_.get());
}

// What was found at opening is durable, and one that had no mark gets one.
absl::Status Details::OpenMark() {
  MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(mark_,
                   DurableMark::Open(Files(), MarkOf(database_->directory())));
  return mark_->Advance(writes());
}

Position Details::writes() const {
  return static_cast<Position>(database_->rocks()->GetLatestSequenceNumber());
}

absl::Status Details::Write(std::string_view reference,
                            const std::string& value, std::string_view doing) {
  RETURN_IF_ERROR(
      FromRocks(database_->rocks()->Put(Durably(), database_->family(0),
                                        ToSlice(reference), value),
                doing));
  // Each write is synced before it is counted, those of others as well.
  MutexLock lock(&mutex_);
  return mark_->Advance(writes());
}

absl::StatusOr<std::string> Details::Put(const Sha256Digest& salt,
                                         std::string_view text) {
  if (text.empty() || text.size() > kDetailsBytesMax) {
    return absl::InvalidArgumentError(fmt::format(
        "text: got {} bytes, must be 1 to {}", text.size(), kDetailsBytesMax));
  }
  const std::string reference =
      std::string(kPrefix) + HexOf(Sha256(BytesOf(salt), text));
  std::string value(1, kTextRow);
  value += BytesOf(salt);
  value += text;
  RETURN_IF_ERROR(Write(reference, value, "keep details"));
  return reference;
}

absl::StatusOr<DetailsRow> Details::Get(std::string_view reference) const {
  if (!IsReference(reference)) return NoReference(reference);
  std::string value;
  const rocksdb::Status got = database_->rocks()->Get(
      rocksdb::ReadOptions(), database_->family(0), ToSlice(reference), &value);
  if (got.IsNotFound()) {
    return absl::NotFoundError(fmt::format("nothing under {}", reference));
  }
  RETURN_IF_ERROR(FromRocks(got, "read details"));
  return DecodeRow(reference, value);
}

absl::StatusOr<Erasure> Details::Erase(std::string_view reference,
                                       const Erasure& erasure) {
  if (erasure.reason.empty() || erasure.reason.size() > kEraseReasonBytesMax) {
    return absl::InvalidArgumentError(
        fmt::format("reason: got {} bytes, must be 1 to {}",
                    erasure.reason.size(), kEraseReasonBytesMax));
  }
  const absl::StatusOr<DetailsRow> row = Get(reference);
  // A text that is damaged is still to be erased.
  if (!row.ok() && !absl::IsDataLoss(row.status())) return row.status();
  Erasure done = erasure;
  if (row.ok() && row->erased.has_value()) {
    done = *row->erased;
  } else {
    std::string value(1, kErasedRow);
    AppendLittle64(static_cast<uint64_t>(erasure.at.micros()), &value);
    value += erasure.reason;
    RETURN_IF_ERROR(Write(reference, value, "erase details"));
  }
  // Again for one that was erased: a crash may have come in between.
  RETURN_IF_ERROR(PurgeFiles());
  return done;
}

// Everything into one new file, in which only the newest rows are; the files
// before it and the write-ahead logs are deleted.
absl::Status Details::PurgeFiles() {
  rocksdb::DB* const rocks = database_->rocks();
  rocksdb::FlushOptions flush;
  flush.wait = true;
  RETURN_IF_ERROR(FromRocks(rocks->Flush(flush, database_->family(0)),
                            "erase details from the files"));
  RETURN_IF_ERROR(FromRocks(rocks->Flush(flush, database_->meta()),
                            "erase details from the files"));
  rocksdb::CompactRangeOptions whole;
  whole.exclusive_manual_compaction = true;
  whole.bottommost_level_compaction =
      rocksdb::BottommostLevelCompaction::kForce;
  return FromRocks(
      rocks->CompactRange(whole, database_->family(0), nullptr, nullptr),
      "erase details from the files");
}

absl::StatusOr<std::vector<std::string>> Details::Verify() const {
  std::vector<std::string> wrong;
  const absl::Status mark =
      DurableMark::Check(Files(), MarkOf(database_->directory()));
  if (!mark.ok()) wrong.emplace_back(MessageOf(mark));
  // Every block, though no row may be read from it.
  RETURN_IF_ERROR(FromRocks(database_->rocks()->VerifyChecksum(),
                            "read the files of the details"));
  const std::unique_ptr<rocksdb::Iterator> row(database_->rocks()->NewIterator(
      rocksdb::ReadOptions(), database_->family(0)));
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    const std::string_view reference = ToStd(row->key());
    if (!IsReference(reference)) {
      wrong.push_back("a reference is none");
      continue;
    }
    const auto decoded = DecodeRow(reference, ToStd(row->value()));
    if (!decoded.ok()) wrong.emplace_back(MessageOf(decoded.status()));
  }
  RETURN_IF_ERROR(FromRocks(row->status(), "read details"));
  return wrong;
}

}  // namespace tally
