// The files of a FaultFileSystem: each tells it what is about to be done, and
// does it if it may.

#ifndef TALLY_TESTS_FAULTS_FAULT_FILES_H_
#define TALLY_TESTS_FAULTS_FAULT_FILES_H_

#include <memory>
#include <string>
#include <utility>

#include "rocksdb/file_system.h"
#include "tests/faults/fault_file_system.h"

namespace tally::faults {

class AppendedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  AppendedFile(FaultFileSystem* files, std::string path,
               std::unique_ptr<rocksdb::FSWritableFile> target)
      : FSWritableFileOwnerWrapper(std::move(target)),
        files_(files),
        path_(std::move(path)) {}

  rocksdb::IOStatus Append(const rocksdb::Slice& bytes,
                           const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus Append(const rocksdb::Slice& bytes,
                           const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo&,
                           rocksdb::IODebugContext* context) override {
    return Append(bytes, options, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* context) override {
    return Sync(options, context);
  }
  rocksdb::IOStatus Close(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* context) override;
  // Room is not kept ahead: 64 MiB for each file of a trial take their time.
  void PrepareWrite(size_t, size_t, const rocksdb::IOOptions&,
                    rocksdb::IODebugContext*) override {}

 private:
  FaultFileSystem* const files_;
  const std::string path_;
};

class WrittenFile final : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  WrittenFile(FaultFileSystem* files, std::string path,
              std::unique_ptr<rocksdb::FSRandomRWFile> target)
      : FSRandomRWFileOwnerWrapper(std::move(target)),
        files_(files),
        path_(std::move(path)) {}

  rocksdb::IOStatus Write(uint64_t offset, const rocksdb::Slice& bytes,
                          const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* context) override;

 private:
  FaultFileSystem* const files_;
  const std::string path_;
};

class StreamedFile final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  StreamedFile(FaultFileSystem* files, std::string path,
               std::unique_ptr<rocksdb::FSSequentialFile> target)
      : FSSequentialFileOwnerWrapper(std::move(target)),
        files_(files),
        path_(std::move(path)) {}

  rocksdb::IOStatus Read(size_t size, const rocksdb::IOOptions& options,
                         rocksdb::Slice* bytes, char* scratch,
                         rocksdb::IODebugContext* context) override;

 private:
  FaultFileSystem* const files_;
  const std::string path_;
};

class ReadFile final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  ReadFile(FaultFileSystem* files, std::string path,
           std::unique_ptr<rocksdb::FSRandomAccessFile> target)
      : FSRandomAccessFileOwnerWrapper(std::move(target)),
        files_(files),
        path_(std::move(path)) {}

  rocksdb::IOStatus Read(uint64_t offset, size_t size,
                         const rocksdb::IOOptions& options,
                         rocksdb::Slice* bytes, char* scratch,
                         rocksdb::IODebugContext* context) const override;
  rocksdb::IOStatus MultiRead(rocksdb::FSReadRequest* requests, size_t count,
                              const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* context) override;

 private:
  FaultFileSystem* const files_;
  const std::string path_;
};

class Folder final : public rocksdb::FSDirectoryWrapper {
 public:
  Folder(FaultFileSystem* files, std::string path,
         std::unique_ptr<rocksdb::FSDirectory> target)
      : FSDirectoryWrapper(std::move(target)),
        files_(files),
        path_(std::move(path)) {}

  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus FsyncWithDirOptions(
      const rocksdb::IOOptions& options, rocksdb::IODebugContext* context,
      const rocksdb::DirFsyncOptions& how) override;

 private:
  FaultFileSystem* const files_;
  const std::string path_;
};

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_FAULT_FILES_H_
