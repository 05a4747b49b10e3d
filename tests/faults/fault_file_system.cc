#include "tests/faults/fault_file_system.h"

#include <filesystem>
#include <utility>

#include "tests/faults/fault_files.h"

namespace tally::faults {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

bool Writes(DiskOperation operation) {
  return operation < DiskOperation::kOpen;
}

IOStatus ErrorOf(Fault fault, const std::string& path) {
  switch (fault) {
    case Fault::kNoSpace:
      return IOStatus::NoSpace("injected, on " + path);
    case Fault::kFail:
    case Fault::kTear:
      return IOStatus::IOError("injected, on " + path);
    case Fault::kPowerCut:
    case Fault::kPowerCutTorn:
      return IOStatus::IOError("injected, the power is off, on " + path);
  }
  return IOStatus::OK();
}

}  // namespace

FaultFileSystem::FaultFileSystem()
    : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()) {}

void FaultFileSystem::Arm(DiskOperation operation, int64_t skip, Fault fault) {
  const std::lock_guard lock(mutex_);
  armed_ = {.operation = operation, .skip = skip, .fault = fault};
  happened_ = false;
  where_.clear();
}

void FaultFileSystem::MakeReadOnly() {
  const std::lock_guard lock(mutex_);
  read_only_ = true;
}

void FaultFileSystem::Recover() {
  const std::lock_guard lock(mutex_);
  if (power_is_off_) unsynced_.LosePower(torn_);
  armed_.reset();
  power_is_off_ = false;
  read_only_ = false;
}

bool FaultFileSystem::happened() const {
  const std::lock_guard lock(mutex_);
  return happened_;
}

std::string FaultFileSystem::where() const {
  const std::lock_guard lock(mutex_);
  return where_;
}

bool FaultFileSystem::power_is_off() const {
  const std::lock_guard lock(mutex_);
  return power_is_off_;
}

OperationCounts FaultFileSystem::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

IOStatus FaultFileSystem::Begin(DiskOperation operation,
                                const std::string& path, bool* torn) {
  const std::lock_guard lock(mutex_);
  ++counts_[static_cast<size_t>(operation)];
  if (power_is_off_) return ErrorOf(Fault::kPowerCut, path);
  if (read_only_ && Writes(operation)) {
    return IOStatus::IOError("injected, on " + path, "Read-only file system");
  }
  if (!armed_.has_value() || armed_->operation != operation) {
    return IOStatus::OK();
  }
  if (armed_->skip-- > 0) return IOStatus::OK();
  const Fault fault = armed_->fault;
  armed_.reset();
  happened_ = true;
  where_ = path;
  power_is_off_ = fault == Fault::kPowerCut || fault == Fault::kPowerCutTorn;
  torn_ = fault == Fault::kPowerCutTorn;
  if (torn != nullptr) *torn = fault == Fault::kTear || torn_;
  return ErrorOf(fault, path);
}

void FaultFileSystem::Synced(const std::string& path) {
  const std::lock_guard lock(mutex_);
  unsynced_.Synced(path);
}

void FaultFileSystem::FolderSynced(const std::string& path) {
  const std::lock_guard lock(mutex_);
  unsynced_.FolderSynced(path);
}

IOStatus FaultFileSystem::NewSequentialFile(
    const std::string& path, const FileOptions& options,
    std::unique_ptr<rocksdb::FSSequentialFile>* file, IODebugContext* context) {
  IOStatus status = Begin(DiskOperation::kOpen, path);
  std::unique_ptr<rocksdb::FSSequentialFile> inner;
  if (status.ok()) {
    status = target()->NewSequentialFile(path, options, &inner, context);
  }
  if (!status.ok()) return status;
  *file = std::make_unique<StreamedFile>(this, path, std::move(inner));
  return status;
}

IOStatus FaultFileSystem::NewRandomAccessFile(
    const std::string& path, const FileOptions& options,
    std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
    IODebugContext* context) {
  IOStatus status = Begin(DiskOperation::kOpen, path);
  std::unique_ptr<rocksdb::FSRandomAccessFile> inner;
  if (status.ok()) {
    status = target()->NewRandomAccessFile(path, options, &inner, context);
  }
  if (!status.ok()) return status;
  *file = std::make_unique<ReadFile>(this, path, std::move(inner));
  return status;
}

IOStatus FaultFileSystem::NewWritableFile(
    const std::string& path, const FileOptions& options,
    std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* context) {
  IOStatus status = Begin(DiskOperation::kCreate, path);
  const bool was_there = std::filesystem::exists(path);
  std::unique_ptr<rocksdb::FSWritableFile> inner;
  if (status.ok()) {
    status = target()->NewWritableFile(path, options, &inner, context);
  }
  if (!status.ok()) return status;
  *file = std::make_unique<AppendedFile>(this, path, std::move(inner));
  const std::lock_guard lock(mutex_);
  unsynced_.Created(path, was_there);
  return status;
}

IOStatus FaultFileSystem::NewRandomRWFile(
    const std::string& path, const FileOptions& options,
    std::unique_ptr<rocksdb::FSRandomRWFile>* file, IODebugContext* context) {
  IOStatus status = Begin(DiskOperation::kOpen, path);
  std::unique_ptr<rocksdb::FSRandomRWFile> inner;
  if (status.ok()) {
    status = target()->NewRandomRWFile(path, options, &inner, context);
  }
  if (!status.ok()) return status;
  *file = std::make_unique<WrittenFile>(this, path, std::move(inner));
  const std::lock_guard lock(mutex_);
  unsynced_.OpeningToWriteWithin(path);
  return status;
}

IOStatus FaultFileSystem::NewDirectory(
    const std::string& path, const IOOptions& options,
    std::unique_ptr<rocksdb::FSDirectory>* folder, IODebugContext* context) {
  IOStatus status = Begin(DiskOperation::kOpen, path);
  std::unique_ptr<rocksdb::FSDirectory> inner;
  if (status.ok()) {
    status = target()->NewDirectory(path, options, &inner, context);
  }
  if (!status.ok()) return status;
  *folder = std::make_unique<Folder>(this, path, std::move(inner));
  return status;
}

IOStatus FaultFileSystem::FileExists(const std::string& path,
                                     const IOOptions& options,
                                     IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kLook, path);
  return status.ok() ? target()->FileExists(path, options, context) : status;
}

IOStatus FaultFileSystem::GetChildren(const std::string& path,
                                      const IOOptions& options,
                                      std::vector<std::string>* names,
                                      IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kLook, path);
  if (!status.ok()) return status;
  return target()->GetChildren(path, options, names, context);
}

IOStatus FaultFileSystem::GetFileSize(const std::string& path,
                                      const IOOptions& options, uint64_t* size,
                                      IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kLook, path);
  if (!status.ok()) return status;
  return target()->GetFileSize(path, options, size, context);
}

IOStatus FaultFileSystem::DeleteFile(const std::string& path,
                                     const IOOptions& options,
                                     IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kDelete, path);
  if (!status.ok()) return status;
  {
    const std::lock_guard lock(mutex_);
    unsynced_.Deleting(path);
  }
  return target()->DeleteFile(path, options, context);
}

IOStatus FaultFileSystem::CreateDir(const std::string& path,
                                    const IOOptions& options,
                                    IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kMakeFolder, path);
  return status.ok() ? target()->CreateDir(path, options, context) : status;
}

IOStatus FaultFileSystem::CreateDirIfMissing(const std::string& path,
                                             const IOOptions& options,
                                             IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kMakeFolder, path);
  if (!status.ok()) return status;
  return target()->CreateDirIfMissing(path, options, context);
}

IOStatus FaultFileSystem::RenameFile(const std::string& from,
                                     const std::string& to,
                                     const IOOptions& options,
                                     IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kRename, from);
  if (!status.ok()) return status;
  {
    const std::lock_guard lock(mutex_);
    unsynced_.Renaming(from, to);
  }
  return target()->RenameFile(from, to, options, context);
}

IOStatus FaultFileSystem::LinkFile(const std::string& from,
                                   const std::string& to,
                                   const IOOptions& options,
                                   IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kLink, from);
  if (!status.ok()) return status;
  {
    const std::lock_guard lock(mutex_);
    unsynced_.Linking(from, to);
  }
  return target()->LinkFile(from, to, options, context);
}

IOStatus FaultFileSystem::LockFile(const std::string& path,
                                   const IOOptions& options,
                                   rocksdb::FileLock** lock,
                                   IODebugContext* context) {
  const IOStatus status = Begin(DiskOperation::kLock, path);
  if (!status.ok()) return status;
  return target()->LockFile(path, options, lock, context);
}

}  // namespace tally::faults
