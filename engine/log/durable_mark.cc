#include "engine/log/durable_mark.h"

#include <algorithm>
#include <array>
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

constexpr size_t kPlaces = 2;
// Each in a sector of its own, which a disk writes whole or not at all.
constexpr size_t kPlaceBytes = 4096;
constexpr size_t kMarkBytes = 12;

std::optional<Position> Decode(std::string_view bytes) {
  if (bytes.size() < kMarkBytes) return std::nullopt;
  FixedReader reader(bytes.substr(0, kMarkBytes));
  const std::string_view number = bytes.substr(0, 8);
  const auto end = static_cast<Position>(reader.Little64());
  if (reader.Little32() != Crc32c(number) || end < 0) return std::nullopt;
  return end;
}

struct Place {
  // Not there where nothing was written yet or a write was torn.
  std::optional<Position> end;
  bool is_blank = false;  // nothing was written
};

absl::StatusOr<std::array<Place, kPlaces>> ReadPlaces(
    rocksdb::FileSystem* files, const std::string& path,
    const std::string& doing) {
  std::unique_ptr<rocksdb::FSRandomAccessFile> file;
  RETURN_IF_ERROR(
      FromRocks(files->NewRandomAccessFile(path, {}, &file, nullptr), doing));
  std::array<Place, kPlaces> places;
  for (size_t place = 0; place < kPlaces; ++place) {
    char scratch[kMarkBytes];
    rocksdb::Slice bytes;
    RETURN_IF_ERROR(FromRocks(file->Read(place * kPlaceBytes, kMarkBytes, {},
                                         &bytes, scratch, nullptr),
                              doing));
    const std::string_view found = ToStd(bytes);
    places[place] = {
        .end = Decode(found),
        .is_blank = found.find_first_not_of('\0') == std::string_view::npos};
  }
  return places;
}

std::string Encode(Position end) {
  std::string bytes;
  AppendLittle64(static_cast<uint64_t>(end), &bytes);
  AppendLittle32(Crc32c(bytes), &bytes);
  return bytes;
}

// The file comes to be with both places whole or not at all, so that a write
// that is torn later always leaves one.
absl::Status Make(rocksdb::FileSystem* files, const std::string& path,
                  const std::string& doing) {
  const std::string next = path + ".next";
  std::string bytes = Encode(0);
  bytes.resize(kPlaceBytes);
  bytes += Encode(0);
  std::unique_ptr<rocksdb::FSWritableFile> file;
  RETURN_IF_ERROR(
      FromRocks(files->NewWritableFile(next, {}, &file, nullptr), doing));
  RETURN_IF_ERROR(FromRocks(file->Append(bytes, {}, nullptr), doing));
  RETURN_IF_ERROR(FromRocks(file->Sync({}, nullptr), doing));
  RETURN_IF_ERROR(FromRocks(file->Close({}, nullptr), doing));
  return FromRocks(files->RenameFile(next, path, {}, nullptr), doing);
}

}  // namespace

absl::StatusOr<Position> DurableMark::Read(rocksdb::FileSystem* files,
                                           const std::string& path) {
  if (files->FileExists(path, {}, nullptr).IsNotFound()) return 0;
  const std::string doing = fmt::format("read {}", path);
  ASSIGN_OR_RETURN(const auto places, ReadPlaces(files, path, doing));
  const std::optional<Position> found = std::max(places[0].end, places[1].end);
  if (found.has_value()) return *found;
  return absl::DataLossError(fmt::format("{}: it holds no mark", doing));
}

absl::Status DurableMark::Check(rocksdb::FileSystem* files,
                                const std::string& path) {
  if (files->FileExists(path, {}, nullptr).IsNotFound()) {
    return absl::OkStatus();
  }
  const std::string doing = fmt::format("read {}", path);
  ASSIGN_OR_RETURN(const auto places, ReadPlaces(files, path, doing));
  for (size_t i = 0; i < kPlaces; ++i) {
    if (places[i].end.has_value() || places[i].is_blank) continue;
    return absl::DataLossError(
        fmt::format("{}: the mark at byte {} is none", doing, i * kPlaceBytes));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<DurableMark>> DurableMark::Open(
    rocksdb::FileSystem* files, const std::string& path) {
  const std::string doing = fmt::format("open {}", path);
  if (files->FileExists(path, {}, nullptr).IsNotFound()) {
    RETURN_IF_ERROR(Make(files, path, doing));
  }
  ASSIGN_OR_RETURN(const auto places, ReadPlaces(files, path, doing));
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  RETURN_IF_ERROR(
      FromRocks(files->NewRandomRWFile(path, {}, &file, nullptr), doing));
  // The torn or the older one is written first.
  const size_t next = places[1].end < places[0].end ? 1 : 0;
  std::unique_ptr<DurableMark> mark(new DurableMark(std::move(file), next));
  const std::optional<Position> other = places[1 - next].end;
  if (!places[next].end.has_value() && other.has_value()) {
    RETURN_IF_ERROR(mark->Advance(*other));
  }
  return mark;
}

DurableMark::DurableMark(std::unique_ptr<rocksdb::FSRandomRWFile> file,
                         size_t next_place)
    : file_(std::move(file)), next_place_(next_place) {}

DurableMark::~DurableMark() {
  file_->Close({}, nullptr).PermitUncheckedError();
}

absl::Status DurableMark::Advance(Position end) {
  const size_t place = next_place_;
  next_place_ = (place + 1) % kPlaces;
  return FromRocks(file_->Write(place * kPlaceBytes, Encode(end), {}, nullptr),
                   "write the mark of what was acknowledged");
}

absl::Status DurableMark::Sync() {
  return FromRocks(file_->Sync({}, nullptr),
                   "sync the mark of what was acknowledged");
}

}  // namespace tally
