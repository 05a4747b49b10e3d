#include "engine/log/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr size_t kFileBytesMax = 4096;
constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

absl::Status FileError(std::string_view doing, const std::string& path) {
  return absl::ErrnoToStatus(
      errno, ToAbsl(fmt::format("cannot {} the key file {}", doing, path)));
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }

 private:
  const int descriptor_;
};

absl::Status CheckPermissions(const File& file, const std::string& path) {
  struct stat found {};
  if (::fstat(file.get(), &found) != 0) return FileError("look at", path);
  if (!S_ISREG(found.st_mode)) {
    return absl::PermissionDeniedError(
        fmt::format("the key file {} is no regular file", path));
  }
  const mode_t mode = found.st_mode & 07777;
  if ((mode & ~kOwnerOnly) == 0) return absl::OkStatus();
  return absl::PermissionDeniedError(fmt::format(
      "the key file {} has permissions {:04o}: others than its owner could "
      "sign in the log's name; must be 0600 (chmod 600 {})",
      path, mode, path));
}

absl::Status WriteAll(const File& file, std::string_view text,
                      const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError("write", path);
    text.remove_prefix(static_cast<size_t>(written));
  }
  if (::fsync(file.get()) != 0) return FileError("write", path);
  return absl::OkStatus();
}

// So that the name is as durable as what it names.
absl::Status SyncFolder(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const File opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0) {
    return FileError("make durable", path);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SigningKey> ReadKeyFile(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return FileError("open", path);
  RETURN_IF_ERROR(CheckPermissions(file, path));
  std::string text(kFileBytesMax, '\0');
  const ssize_t size = ::read(file.get(), text.data(), text.size());
  if (size < 0) return FileError("read", path);
  text.resize(static_cast<size_t>(size));
  if (text.ends_with('\n')) text.pop_back();
  absl::StatusOr<SigningKey> key = SigningKey::Parse(text);
  if (key.ok()) return key;
  // Never with what the file holds.
  return absl::InvalidArgumentError(
      fmt::format("the key file {} holds {}", path, MessageOf(key.status())));
}

absl::Status CreateKeyFile(const std::string& path, const SigningKey& key) {
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                         kOwnerOnly));
  if (file.get() < 0) return FileError("make", path);
  absl::Status written = WriteAll(file, key.ToString() + "\n", path);
  if (written.ok()) written = SyncFolder(path);
  // Half a key would keep the log from opening next time.
  if (!written.ok()) ::unlink(path.c_str());
  return written;
}

}  // namespace tally
