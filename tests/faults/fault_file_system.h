// The machine's file system, with a fault in it: the k-th operation of a kind
// goes wrong in a given way. It counts what is done, and knows what a power
// failure would take back.
//
//   auto files = std::make_shared<FaultFileSystem>();
//   auto env = rocksdb::NewCompositeEnv(files);
//   files->Arm(DiskOperation::kSync, 3, Fault::kPowerCut);
//   …                      // the fourth sync from now on, and all after it
//   (close what is open)
//   files->Recover();      // the power is back
//
// Thread-safe.

#ifndef TALLY_TESTS_FAULTS_FAULT_FILE_SYSTEM_H_
#define TALLY_TESTS_FAULTS_FAULT_FILE_SYSTEM_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "rocksdb/file_system.h"
#include "tests/faults/disk_operation.h"
#include "tests/faults/unsynced.h"

namespace tally::faults {

class FaultFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem();
  const char* Name() const override { return "FaultFileSystem"; }

  // After `skip` more operations of the kind, one has the fault.
  void Arm(DiskOperation operation, int64_t skip, Fault fault);
  // All that writes is refused from now on, as on a disk that is mounted to
  // be read only.
  void MakeReadOnly();
  // What was lost with the power is lost; no fault is left. Of closed files.
  void Recover();

  // Whether the fault has happened, and to which file.
  bool happened() const;
  std::string where() const;
  bool power_is_off() const;
  OperationCounts counts() const;

  // To be called by the files: whether the operation is to fail. For a write
  // that is torn, `torn` is set.
  rocksdb::IOStatus Begin(DiskOperation operation, const std::string& path,
                          bool* torn = nullptr);
  // The operation was done.
  void Synced(const std::string& path);
  void FolderSynced(const std::string& path);

  rocksdb::IOStatus NewSequentialFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSSequentialFile>* file,
      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomAccessFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomRWFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSRandomRWFile>* file,
      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewDirectory(const std::string& path,
                                 const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* folder,
                                 rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus FileExists(const std::string& path,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus GetChildren(const std::string& path,
                                const rocksdb::IOOptions& options,
                                std::vector<std::string>* names,
                                rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus GetFileSize(const std::string& path,
                                const rocksdb::IOOptions& options,
                                uint64_t* size,
                                rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus DeleteFile(const std::string& path,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus CreateDir(const std::string& path,
                              const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus CreateDirIfMissing(
      const std::string& path, const rocksdb::IOOptions& options,
      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus LockFile(const std::string& path,
                             const rocksdb::IOOptions& options,
                             rocksdb::FileLock** lock,
                             rocksdb::IODebugContext* context) override;

 private:
  struct Armed {
    DiskOperation operation;
    int64_t skip;
    Fault fault;
  };

  mutable std::mutex mutex_;
  OperationCounts counts_{};
  std::optional<Armed> armed_;
  std::string where_;
  bool happened_ = false;
  bool power_is_off_ = false;
  bool torn_ = false;
  bool read_only_ = false;
  Unsynced unsynced_;
};

}  // namespace tally::faults

#endif  // TALLY_TESTS_FAULTS_FAULT_FILE_SYSTEM_H_
