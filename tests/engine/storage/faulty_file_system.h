// A file system whose writes and syncs fail when told to, and that forgets
// what was not synced when the power goes.
//
//   auto files = std::make_shared<FaultyFileSystem>();
//   auto env = rocksdb::NewCompositeEnv(files);
//   files->FailAfter(3, Fault::kTear);   // the fourth write or sync from now
//   …
//   files->CutPower();                   // nothing is written any more
//   (close what is open)
//   files->DropUnsynced();

#ifndef TALLY_TESTS_ENGINE_STORAGE_FAULTY_FILE_SYSTEM_H_
#define TALLY_TESTS_ENGINE_STORAGE_FAULTY_FILE_SYSTEM_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace tally {

enum class Fault {
  kNone,
  kFail,     // an I/O error, nothing written
  kTear,     // half of it is written, and an I/O error
  kNoSpace,  // the disk is full
};

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFileSystem()
      : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  // After so many more writes and syncs of files whose name ends with
  // `suffix`, all of them fail.
  void FailAfter(int64_t operations, Fault fault, std::string suffix = "") {
    const std::lock_guard lock(mutex_);
    left_ = operations;
    fault_ = fault;
    suffix_ = std::move(suffix);
  }
  void Heal() { FailAfter(0, Fault::kNone); }
  void CutPower() { FailAfter(0, Fault::kFail); }

  // Writes and syncs so far.
  int64_t operations() const {
    const std::lock_guard lock(mutex_);
    return operations_;
  }

  // What the disk has after a power failure: of every file written through
  // this, what was synced.
  void DropUnsynced() {
    const std::lock_guard lock(mutex_);
    for (const auto& [path, bytes] : synced_) {
      if (std::filesystem::exists(path) &&
          std::filesystem::file_size(path) > bytes) {
        std::filesystem::resize_file(path, bytes);
      }
    }
  }

  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* context) override {
    std::unique_ptr<rocksdb::FSWritableFile> inner;
    rocksdb::IOStatus status =
        target()->NewWritableFile(path, options, &inner, context);
    if (!status.ok()) return status;
    *file = std::make_unique<File>(this, path, std::move(inner));
    const std::lock_guard lock(mutex_);
    synced_[path] = 0;
    return status;
  }

  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override {
    rocksdb::IOStatus status = target()->RenameFile(from, to, options, context);
    const std::lock_guard lock(mutex_);
    const auto found = synced_.find(from);
    if (status.ok() && found != synced_.end()) {
      synced_[to] = found->second;
      synced_.erase(from);
    }
    return status;
  }

  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
    rocksdb::IOStatus status = target()->LinkFile(from, to, options, context);
    const std::lock_guard lock(mutex_);
    const auto found = synced_.find(from);
    if (status.ok() && found != synced_.end()) synced_[to] = found->second;
    return status;
  }

 private:
  class File final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(FaultyFileSystem* files, std::string path,
         std::unique_ptr<rocksdb::FSWritableFile> target)
        : FSWritableFileOwnerWrapper(std::move(target)),
          files_(files),
          path_(std::move(path)) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& bytes,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
      const Fault fault = files_->Take(path_);
      if (fault == Fault::kTear) {
        target()
            ->Append({bytes.data(), bytes.size() / 2}, options, context)
            .PermitUncheckedError();
      }
      if (fault != Fault::kNone) return Error(fault);
      return target()->Append(bytes, options, context);
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& bytes,
                             const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo&,
                             rocksdb::IODebugContext* context) override {
      return Append(bytes, options, context);
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
      const Fault fault = files_->Take(path_);
      if (fault != Fault::kNone) return Error(fault);
      rocksdb::IOStatus status = target()->Sync(options, context);
      if (status.ok()) files_->Synced(path_, GetFileSize(options, context));
      return status;
    }
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                            rocksdb::IODebugContext* context) override {
      return Sync(options, context);
    }

   private:
    static rocksdb::IOStatus Error(Fault fault) {
      return fault == Fault::kNoSpace ? rocksdb::IOStatus::NoSpace("injected")
                                      : rocksdb::IOStatus::IOError("injected");
    }

    FaultyFileSystem* files_;
    const std::string path_;
  };

  Fault Take(const std::string& path) {
    const std::lock_guard lock(mutex_);
    ++operations_;
    if (fault_ == Fault::kNone || !path.ends_with(suffix_)) {
      return Fault::kNone;
    }
    if (left_ > 0) {
      --left_;
      return Fault::kNone;
    }
    return fault_;
  }

  void Synced(const std::string& path, uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    synced_[path] = bytes;
  }

  mutable std::mutex mutex_;
  int64_t operations_ = 0;
  int64_t left_ = 0;
  Fault fault_ = Fault::kNone;
  std::string suffix_;
  std::map<std::string, uint64_t> synced_;
};

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_STORAGE_FAULTY_FILE_SYSTEM_H_
