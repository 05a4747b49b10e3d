#include "engine/storage/backup_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/hex.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/storage/rocks_status.h"
#include "fmt/format.h"
#include "rocksdb/utilities/backup_engine.h"

namespace tally {
namespace {

// The folders of the lists of files and of their seals, a file a backup.
constexpr std::string_view kListFolder = "meta";
constexpr std::string_view kSealFolder = "seal";

rocksdb::BackupEngineOptions OptionsOf(const std::string& folder) {
  rocksdb::BackupEngineOptions options(folder);
  options.share_files_with_checksum_naming =
      rocksdb::BackupEngineOptions::kUseDbSessionId |
      rocksdb::BackupEngineOptions::kFlagIncludeFileSize;
  return options;
}

std::string PathOf(const std::string& folder, std::string_view kind,
                   BackupId id) {
  return fmt::format("{}/{}/{}", folder, kind, id);
}

absl::StatusOr<std::string> ReadSmallFile(const std::string& path) {
  std::string bytes;
  const rocksdb::Status read =
      rocksdb::ReadFileToString(rocksdb::Env::Default(), path, &bytes);
  RETURN_IF_ERROR(FromRocks(read, fmt::format("read {}", path)));
  return bytes;
}

absl::StatusOr<std::string> SealOf(const std::string& folder, BackupId id) {
  ASSIGN_OR_RETURN(const std::string list,
                   ReadSmallFile(PathOf(folder, kListFolder, id)));
  return HexOf(Sha256(list)) + "\n";
}

// Renamed into place, so that half a seal is none.
absl::Status WriteSeal(const std::string& folder, BackupId id) {
  ASSIGN_OR_RETURN(const std::string seal, SealOf(folder, id));
  rocksdb::Env* files = rocksdb::Env::Default();
  const std::string path = PathOf(folder, kSealFolder, id);
  const std::string doing = fmt::format("write {}", path);
  RETURN_IF_ERROR(FromRocks(
      files->CreateDirIfMissing(fmt::format("{}/{}", folder, kSealFolder)),
      doing));
  RETURN_IF_ERROR(FromRocks(
      rocksdb::WriteStringToFile(files, seal, path + ".new", /*sync=*/true),
      doing));
  return FromRocks(files->RenameFile(path + ".new", path), doing);
}

// Held by who adds to a folder.
class FolderLock {
 public:
  static absl::StatusOr<FolderLock> Take(const std::string& folder) {
    const std::string path = folder + "/LOCK";
    FolderLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (lock.descriptor_ < 0) {
      return absl::ErrnoToStatus(errno,
                                 ToAbsl(fmt::format("cannot make {}", path)));
    }
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
    return absl::FailedPreconditionError(
        fmt::format("another backup is being added to {}", folder));
  }
  FolderLock(FolderLock&& from) noexcept
      : descriptor_(std::exchange(from.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

absl::Status NoBackups(const std::string& folder) {
  return absl::NotFoundError(fmt::format("there are no backups in {}", folder));
}

}  // namespace

absl::StatusOr<BackupId> AddBackup(const std::string& folder,
                                   const std::string& note,
                                   Database* database) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return absl::ErrnoToStatus(error.value(),
                               ToAbsl(fmt::format("cannot make {}", folder)));
  }
  ASSIGN_OR_RETURN(const FolderLock lock, FolderLock::Take(folder));
  const std::string doing = fmt::format("add a backup to {}", folder);
  rocksdb::BackupEngine* opened = nullptr;
  RETURN_IF_ERROR(
      FromRocks(rocksdb::BackupEngine::Open(rocksdb::Env::Default(),
                                            OptionsOf(folder), &opened),
                doing));
  const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
  rocksdb::CreateBackupOptions options;
  // Then nearly all of it is in files that the next backup shares.
  options.flush_before_backup = true;
  rocksdb::BackupID id = 0;
  RETURN_IF_ERROR(FromRocks(engine->CreateNewBackupWithMetadata(
                                options, database->rocks(), note, &id),
                            doing));
  RETURN_IF_ERROR(WriteSeal(folder, id));
  return id;
}

absl::StatusOr<std::vector<BackupId>> RemoveOldBackups(
    const std::string& folder, int64_t keep) {
  TALLY_CHECK(keep >= 1);
  if (!std::filesystem::is_directory(
          fmt::format("{}/{}", folder, kListFolder))) {
    return NoBackups(folder);
  }
  ASSIGN_OR_RETURN(const FolderLock lock, FolderLock::Take(folder));
  ASSIGN_OR_RETURN(const auto store, BackupStore::Open(folder));
  ASSIGN_OR_RETURN(const StoredBackup newest, store->Find(0));
  RETURN_IF_ERROR(store->Verify(newest.id));
  const std::vector<StoredBackup>& whole = store->backups();
  const int64_t kept = std::min(keep, std::ssize(whole));
  const BackupId oldest = (whole.end() - kept)->id;
  std::vector<BackupId> old = store->damaged();
  for (const StoredBackup& backup : whole) old.push_back(backup.id);
  std::erase_if(old, [oldest](BackupId id) { return id >= oldest; });
  std::sort(old.begin(), old.end());

  const std::string doing = fmt::format("remove backups from {}", folder);
  rocksdb::BackupEngine* opened = nullptr;
  RETURN_IF_ERROR(
      FromRocks(rocksdb::BackupEngine::Open(rocksdb::Env::Default(),
                                            OptionsOf(folder), &opened),
                doing));
  const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
  for (const BackupId id : old) {
    // The seal goes first: half removed, it counts as unfinished.
    std::error_code error;
    std::filesystem::remove(PathOf(folder, kSealFolder, id), error);
    const absl::Status removed = FromRocks(engine->DeleteBackup(id), doing);
    if (!removed.ok() && !absl::IsNotFound(removed)) return removed;
  }
  return old;
}

absl::StatusOr<std::unique_ptr<BackupStore>> BackupStore::Open(
    const std::string& folder) {
  // RocksDB opens a backup where it lies by its absolute path only.
  std::error_code error;
  const std::string place = std::filesystem::absolute(folder, error);
  if (error) {
    return absl::ErrnoToStatus(error.value(),
                               ToAbsl(fmt::format("cannot find {}", folder)));
  }
  if (!std::filesystem::is_directory(
          fmt::format("{}/{}", place, kListFolder))) {
    return NoBackups(place);
  }
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  RETURN_IF_ERROR(
      FromRocks(rocksdb::BackupEngineReadOnly::Open(rocksdb::Env::Default(),
                                                    OptionsOf(place), &opened),
                fmt::format("open the backups in {}", place)));
  // Not make_unique: the constructor is private.
  std::unique_ptr<BackupStore> store(new BackupStore(
      place, std::unique_ptr<rocksdb::BackupEngineReadOnly>(opened)));
  store->ReadList();
  if (store->backups_.empty() && store->damaged_.empty()) {
    return NoBackups(place);
  }
  return store;
}

BackupStore::BackupStore(std::string folder,
                         std::unique_ptr<rocksdb::BackupEngineReadOnly> engine)
    : folder_(std::move(folder)), engine_(std::move(engine)) {}

BackupStore::~BackupStore() = default;

void BackupStore::ReadList() {
  std::vector<rocksdb::BackupInfo> infos;
  engine_->GetBackupInfo(&infos, /*include_file_details=*/true);
  std::set<BackupId> bad;
  for (const rocksdb::BackupInfo& info : infos) {
    if (!CheckSeal(info.backup_id).ok()) {
      bad.insert(info.backup_id);
      continue;
    }
    backups_.push_back({.id = info.backup_id,
                        .bytes = static_cast<int64_t>(info.size),
                        .files = info.number_files,
                        .note = info.app_metadata,
                        .path = info.name_for_open,
                        .env = info.env_for_open});
  }
  std::sort(
      backups_.begin(), backups_.end(),
      [](const StoredBackup& a, const StoredBackup& b) { return a.id < b.id; });
  std::vector<rocksdb::BackupID> corrupted;
  engine_->GetCorruptedBackups(&corrupted);
  bad.insert(corrupted.begin(), corrupted.end());
  // A seal without its list is that of a backup that was lost.
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(
           fmt::format("{}/{}", folder_, kSealFolder), error)) {
    const std::string name = file.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos ||
        name.size() > 9) {
      continue;
    }
    const auto id = static_cast<BackupId>(std::stoul(name));
    const bool listed =
        std::any_of(backups_.begin(), backups_.end(),
                    [id](const StoredBackup& one) { return one.id == id; });
    if (!listed) bad.insert(id);
  }
  damaged_.assign(bad.begin(), bad.end());
}

absl::Status BackupStore::CheckSeal(BackupId id) const {
  const auto damaged = [&](std::string_view what) {
    return absl::DataLossError(
        fmt::format("backup {} in {} is damaged: {}", id, folder_, what));
  };
  const auto seal = ReadSmallFile(PathOf(folder_, kSealFolder, id));
  if (absl::IsNotFound(seal.status())) {
    return damaged("it has no seal, so it was never finished");
  }
  RETURN_IF_ERROR(seal.status());
  const auto expected = SealOf(folder_, id);
  if (!expected.ok()) return damaged(MessageOf(expected.status()));
  if (*seal != *expected) return damaged("its seal does not fit its list");
  return absl::OkStatus();
}

absl::StatusOr<StoredBackup> BackupStore::Find(BackupId id) const {
  for (const StoredBackup& backup : backups_) {
    const bool is_it =
        id == 0 ? backup.id == backups_.back().id : backup.id == id;
    if (is_it) return backup;
  }
  if (std::count(damaged_.begin(), damaged_.end(), id) > 0 || id == 0) {
    const absl::Status seal = CheckSeal(id == 0 ? damaged_.back() : id);
    if (absl::IsDataLoss(seal)) return seal;
    return absl::DataLossError(fmt::format(
        "backup {} in {} is damaged: its list of files cannot be read",
        id == 0 ? damaged_.back() : id, folder_));
  }
  return absl::NotFoundError(
      fmt::format("there is no backup {} in {}", id, folder_));
}

absl::Status BackupStore::Verify(BackupId id) const {
  RETURN_IF_ERROR(CheckSeal(id));
  const absl::Status verified =
      FromRocks(engine_->VerifyBackup(id, /*verify_with_checksum=*/true),
                fmt::format("verify backup {} in {}", id, folder_));
  // A file of it that is gone is damage, too.
  if (!absl::IsNotFound(verified)) return verified;
  return absl::DataLossError(verified.message());
}

absl::Status BackupStore::Restore(BackupId id,
                                  const std::string& directory) const {
  RETURN_IF_ERROR(CheckSeal(id));
  return FromRocks(engine_->RestoreDBFromBackup(rocksdb::RestoreOptions(), id,
                                                directory, directory),
                   fmt::format("restore backup {} in {}", id, folder_));
}

}  // namespace tally
