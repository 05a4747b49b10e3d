#include "engine/log/durable_mark.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/storage/crc32c.h"
#include "engine/storage/database.h"
#include "engine/storage/fixed_bytes.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr int kPlaces = 2;
// Each in a sector of its own, which a disk writes whole or not at all.
constexpr uint64_t kPlaceBytes = 4096;
constexpr size_t kMarkBytes = 12;

std::optional<Position> Decode(std::string_view bytes) {
  if (bytes.size() < kMarkBytes) return std::nullopt;
  FixedReader reader(bytes.substr(0, kMarkBytes));
  const std::string_view number = bytes.substr(0, 8);
  const auto end = static_cast<Position>(reader.Little64());
  if (reader.Little32() != Crc32c(number) || end < 0) return std::nullopt;
  return end;
}

}  // namespace

absl::StatusOr<Position> DurableMark::Read(rocksdb::FileSystem* files,
                                           const std::string& path) {
  const rocksdb::IOOptions options;
  if (files->FileExists(path, options, nullptr).IsNotFound()) return 0;
  std::unique_ptr<rocksdb::FSRandomAccessFile> file;
  const std::string doing = fmt::format("read {}", path);
  RETURN_IF_ERROR(
      FromRocks(files->NewRandomAccessFile(path, {}, &file, nullptr), doing));
  std::optional<Position> found;
  bool empty = true;
  for (int place = 0; place < kPlaces; ++place) {
    char scratch[kMarkBytes];
    rocksdb::Slice bytes;
    RETURN_IF_ERROR(
        FromRocks(file->Read(static_cast<uint64_t>(place) * kPlaceBytes,
                             kMarkBytes, options, &bytes, scratch, nullptr),
                  doing));
    empty = empty && bytes.empty();
    const auto mark = Decode(ToStd(bytes));
    if (mark.has_value()) found = std::max(found.value_or(0), *mark);
  }
  if (found.has_value()) return *found;
  // Nothing was ever acknowledged.
  if (empty) return 0;
  return absl::DataLossError(fmt::format("{}: it holds no mark", doing));
}

absl::StatusOr<std::unique_ptr<DurableMark>> DurableMark::Open(
    rocksdb::FileSystem* files, const std::string& path) {
  const std::string doing = fmt::format("open {}", path);
  if (files->FileExists(path, {}, nullptr).IsNotFound()) {
    std::unique_ptr<rocksdb::FSWritableFile> made;
    RETURN_IF_ERROR(
        FromRocks(files->NewWritableFile(path, {}, &made, nullptr), doing));
    RETURN_IF_ERROR(FromRocks(made->Close({}, nullptr), doing));
  }
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  RETURN_IF_ERROR(
      FromRocks(files->NewRandomRWFile(path, {}, &file, nullptr), doing));
  return std::unique_ptr<DurableMark>(new DurableMark(std::move(file)));
}

DurableMark::DurableMark(std::unique_ptr<rocksdb::FSRandomRWFile> file)
    : file_(std::move(file)) {}

DurableMark::~DurableMark() {
  file_->Close({}, nullptr).PermitUncheckedError();
}

absl::Status DurableMark::Advance(Position end) {
  std::string bytes;
  AppendLittle64(static_cast<uint64_t>(end), &bytes);
  AppendLittle32(Crc32c(bytes), &bytes);
  const int place = next_place_;
  next_place_ = (place + 1) % kPlaces;
  return FromRocks(file_->Write(static_cast<uint64_t>(place) * kPlaceBytes,
                                bytes, {}, nullptr),
                   "write the mark of the log's end");
}

absl::Status DurableMark::Sync() {
  return FromRocks(file_->Sync({}, nullptr), "sync the mark of the log's end");
}

}  // namespace tally
