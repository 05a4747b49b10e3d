#include "tests/faults/fault_files.h"

namespace tally::faults {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus AppendedFile::Append(const Slice& bytes, const IOOptions& options,
                              IODebugContext* context) {
  bool torn = false;
  IOStatus begun = files_->Begin(DiskOperation::kAppend, path_, &torn);
  if (torn) {
    target()
        ->Append({bytes.data(), bytes.size() / 2}, options, context)
        .PermitUncheckedError();
  }
  return begun.ok() ? target()->Append(bytes, options, context) : begun;
}

IOStatus AppendedFile::Sync(const IOOptions& options, IODebugContext* context) {
  IOStatus status = files_->Begin(DiskOperation::kSync, path_);
  if (status.ok()) status = target()->Sync(options, context);
  if (status.ok()) files_->Synced(path_);
  return status;
}

IOStatus AppendedFile::Close(const IOOptions& options,
                             IODebugContext* context) {
  IOStatus status = files_->Begin(DiskOperation::kClose, path_);
  // Closed all the same: the bytes are the file system's business by then.
  IOStatus closed = target()->Close(options, context);
  return status.ok() ? closed : status;
}

IOStatus WrittenFile::Write(uint64_t offset, const Slice& bytes,
                            const IOOptions& options, IODebugContext* context) {
  bool torn = false;
  IOStatus begun = files_->Begin(DiskOperation::kWrite, path_, &torn);
  if (torn) {
    target()
        ->Write(offset, {bytes.data(), bytes.size() / 2}, options, context)
        .PermitUncheckedError();
  }
  return begun.ok() ? target()->Write(offset, bytes, options, context) : begun;
}

IOStatus WrittenFile::Sync(const IOOptions& options, IODebugContext* context) {
  IOStatus status = files_->Begin(DiskOperation::kSync, path_);
  if (status.ok()) status = target()->Sync(options, context);
  if (status.ok()) files_->Synced(path_);
  return status;
}

IOStatus StreamedFile::Read(size_t size, const IOOptions& options, Slice* bytes,
                            char* scratch, IODebugContext* context) {
  const IOStatus begun = files_->Begin(DiskOperation::kRead, path_);
  if (!begun.ok()) return begun;
  return target()->Read(size, options, bytes, scratch, context);
}

IOStatus ReadFile::Read(uint64_t offset, size_t size, const IOOptions& options,
                        Slice* bytes, char* scratch,
                        IODebugContext* context) const {
  const IOStatus begun = files_->Begin(DiskOperation::kRead, path_);
  if (!begun.ok()) return begun;
  return target()->Read(offset, size, options, bytes, scratch, context);
}

IOStatus ReadFile::MultiRead(rocksdb::FSReadRequest* requests, size_t count,
                             const IOOptions& options,
                             IODebugContext* context) {
  const IOStatus begun = files_->Begin(DiskOperation::kRead, path_);
  if (!begun.ok()) return begun;
  return target()->MultiRead(requests, count, options, context);
}

IOStatus Folder::Fsync(const IOOptions& options, IODebugContext* context) {
  return FsyncWithDirOptions(options, context, {});
}

IOStatus Folder::FsyncWithDirOptions(const IOOptions& options,
                                     IODebugContext* context,
                                     const rocksdb::DirFsyncOptions& how) {
  IOStatus status = files_->Begin(DiskOperation::kSyncFolder, path_);
  if (status.ok()) {
    status = FSDirectoryWrapper::FsyncWithDirOptions(options, context, how);
  }
  if (status.ok()) files_->FolderSynced(path_);
  return status;
}

}  // namespace tally::faults
