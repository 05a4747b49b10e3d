#include "engine/snapshot/snapshot_folder.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/snapshot/snapshot_frame.h"
#include "engine/snapshot/state_codec.h"
#include "engine/storage/database.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/file_system.h"

namespace tally {
namespace {

constexpr std::string_view kEnding = ".snapshot";
constexpr std::string_view kUnfinished = "unfinished";
constexpr size_t kDigits = 19;  // of the greatest position

std::string NameOf(Position end) {
  return fmt::format("{:0{}}{}", end, kDigits, kEnding);
}

std::optional<Position> EndOf(std::string_view name) {
  Position end = 0;
  const auto [after, error] =
      std::from_chars(name.data(), name.data() + name.size(), end);
  if (error != std::errc() || end < 0 || name != NameOf(end)) {
    return std::nullopt;
  }
  return end;
}

absl::Status Prefixed(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(),
                      ToAbsl(fmt::format("{}: {}", path, MessageOf(status))));
}

}  // namespace

// A file that is read from its beginning.
class SnapshotFolder::File {
 public:
  File(rocksdb::FileSystem* files, std::string path)
      : path_(std::move(path)), opened_(Open(files)) {}

  const absl::Status& opened() const { return opened_; }
  absl::Status Append(size_t count, std::string* bytes) {
    while (count > 0) {
      const size_t before = bytes->size();
      bytes->resize(before + count);
      rocksdb::Slice found;
      const rocksdb::IOStatus read =
          file_->Read(count, {}, &found, bytes->data() + before, nullptr);
      if (read.ok() && found.data() != bytes->data() + before) {
        std::copy(found.data(), found.data() + found.size(),
                  bytes->data() + before);
      }
      bytes->resize(before + (read.ok() ? found.size() : 0));
      RETURN_IF_ERROR(FromRocks(read, fmt::format("read {}", path_)));
      if (found.empty()) return absl::OkStatus();
      count -= found.size();
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Open(rocksdb::FileSystem* files) {
    return FromRocks(files->NewSequentialFile(path_, {}, &file_, nullptr),
                     fmt::format("open {}", path_));
  }

  const std::string path_;
  std::unique_ptr<rocksdb::FSSequentialFile> file_;
  const absl::Status opened_;
};

SnapshotFolder::SnapshotFolder(std::string directory, rocksdb::Env* env)
    : directory_(std::move(directory)),
      files_((env != nullptr ? env : rocksdb::Env::Default())
                 ->GetFileSystem()
                 .get()) {}

std::string SnapshotFolder::PathOf(Position end) const {
  return fmt::format("{}/{}", directory_, NameOf(end));
}

absl::StatusOr<std::vector<Position>> SnapshotFolder::List() const {
  std::vector<Position> ends;
  if (files_->FileExists(directory_, {}, nullptr).IsNotFound()) return ends;
  std::vector<std::string> names;
  RETURN_IF_ERROR(
      FromRocks(files_->GetChildren(directory_, {}, &names, nullptr),
                fmt::format("list {}", directory_)));
  for (const std::string& name : names) {
    const std::optional<Position> end = EndOf(name);
    if (end.has_value()) ends.push_back(*end);
  }
  std::sort(ends.begin(), ends.end(), std::greater<>());
  return ends;
}

absl::StatusOr<int64_t> SnapshotFolder::Write(const SnapshotHead& head,
                                              const State& state,
                                              absl::FunctionRef<bool()> go_on) {
  const std::string unfinished = fmt::format("{}/{}", directory_, kUnfinished);
  const std::string doing = fmt::format("write {}", PathOf(head.end));
  RETURN_IF_ERROR(
      FromRocks(files_->CreateDirIfMissing(directory_, {}, nullptr), doing));
  const absl::StatusOr<int64_t> bytes =
      WriteFile(unfinished, doing, head, state, go_on);
  if (!bytes.ok()) {
    // It may be what fills the disk. Else the next one replaces it.
    files_->DeleteFile(unfinished, {}, nullptr).PermitUncheckedError();
    return bytes;
  }
  RETURN_IF_ERROR(FromRocks(
      files_->RenameFile(unfinished, PathOf(head.end), {}, nullptr), doing));
  std::unique_ptr<rocksdb::FSDirectory> folder;
  RETURN_IF_ERROR(
      FromRocks(files_->NewDirectory(directory_, {}, &folder, nullptr), doing));
  RETURN_IF_ERROR(FromRocks(folder->Fsync({}, nullptr), doing));
  return bytes;
}

absl::StatusOr<int64_t> SnapshotFolder::WriteFile(
    const std::string& path, const std::string& doing, const SnapshotHead& head,
    const State& state, absl::FunctionRef<bool()> go_on) const {
  std::unique_ptr<rocksdb::FSWritableFile> file;
  RETURN_IF_ERROR(
      FromRocks(files_->NewWritableFile(path, {}, &file, nullptr), doing));
  int64_t bytes = 0;
  const auto append = [&](std::string_view part) {
    bytes += static_cast<int64_t>(part.size());
    return FromRocks(file->Append(ToSlice(part), {}, nullptr), doing);
  };
  SnapshotFramer framer;
  RETURN_IF_ERROR(append(framer.Head(head)));
  const auto put = [&](std::string_view chunk) -> absl::Status {
    if (!go_on()) return absl::CancelledError(ToAbsl(doing));
    RETURN_IF_ERROR(append(framer.BeforeChunk(chunk)));
    RETURN_IF_ERROR(append(chunk));
    return append(framer.AfterChunk(chunk));
  };
  StateWriter out(put);
  WriteState(state, out);
  RETURN_IF_ERROR(out.Finish());
  RETURN_IF_ERROR(append(framer.End()));
  RETURN_IF_ERROR(FromRocks(file->Fsync({}, nullptr), doing));
  RETURN_IF_ERROR(FromRocks(file->Close({}, nullptr), doing));
  return bytes;
}

absl::StatusOr<SnapshotHead> SnapshotFolder::ReadHead(Position end) const {
  File file(files_, PathOf(end));
  RETURN_IF_ERROR(file.opened());
  const auto read = [&file](size_t count, std::string* bytes) {
    return file.Append(count, bytes);
  };
  absl::StatusOr<SnapshotHead> head = SnapshotUnframer(read).Head();
  if (head.ok() && head->end != end) {
    head = absl::DataLossError(fmt::format(
        "it reaches position {}, not what it is named after", head->end));
  }
  if (!head.ok()) return Prefixed(PathOf(end), head.status());
  return head;
}

absl::Status SnapshotFolder::Read(Position end, State* state) const {
  File file(files_, PathOf(end));
  RETURN_IF_ERROR(file.opened());
  const auto read = [&file](size_t count, std::string* bytes) {
    return file.Append(count, bytes);
  };
  SnapshotUnframer unframer(read);
  const absl::Status head = unframer.Head().status();
  if (!head.ok()) return Prefixed(PathOf(end), head);
  const auto take = [&unframer](std::string* chunk) {
    return unframer.Chunk(chunk);
  };
  StateReader in(take);
  absl::Status taken = ReadState(in, state);
  if (taken.ok()) taken = in.Finish();
  return taken.ok() ? taken : Prefixed(PathOf(end), taken);
}

// The same state has the same bytes, in the same chunks.
absl::Status SnapshotFolder::Compare(Position end, const State& state) const {
  File file(files_, PathOf(end));
  RETURN_IF_ERROR(file.opened());
  const auto read = [&file](size_t count, std::string* bytes) {
    return file.Append(count, bytes);
  };
  SnapshotUnframer unframer(read);
  absl::Status compared = unframer.Head().status();
  std::string stored;
  const auto compare = [&](std::string_view chunk) -> absl::Status {
    stored.clear();
    RETURN_IF_ERROR(unframer.Chunk(&stored).status());
    if (stored == chunk) return absl::OkStatus();
    return absl::DataLossError("it is not the state that the log leads to");
  };
  if (compared.ok()) {
    StateWriter out(compare);
    WriteState(state, out);
    compared = out.Finish();
  }
  // Nothing but the end may follow.
  if (compared.ok()) compared = compare("");
  return compared.ok() ? compared : Prefixed(PathOf(end), compared);
}

absl::Status SnapshotFolder::RemoveOld(int64_t keep) {
  ASSIGN_OR_RETURN(const std::vector<Position> ends, List());
  for (size_t i = static_cast<size_t>(keep); i < ends.size(); ++i) {
    RETURN_IF_ERROR(FromRocks(files_->DeleteFile(PathOf(ends[i]), {}, nullptr),
                              fmt::format("remove {}", PathOf(ends[i]))));
  }
  return absl::OkStatus();
}

}  // namespace tally
