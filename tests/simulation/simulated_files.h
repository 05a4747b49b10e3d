// The files of a simulated disk, in memory: what snapshots are written to.
// They outlive the process; a power cut takes back what was not synced, bytes
// and names alike. A fault can be set for the operation to come, and between
// any two of them the simulation may do something else.

#ifndef TALLY_TESTS_SIMULATION_SIMULATED_FILES_H_
#define TALLY_TESTS_SIMULATION_SIMULATED_FILES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rocksdb/file_system.h"

namespace tally::simulation {

class SimulatedFiles final : public rocksdb::FileSystemWrapper {
 public:
  SimulatedFiles();
  const char* Name() const override { return "SimulatedFiles"; }

  // Before each operation that changes something.
  void OnOperation(std::function<void()> listener) {
    listener_ = std::move(listener);
  }
  // After `skip` more of these, one fails and does nothing. -1: none does.
  void FailAfter(int64_t skip) { fail_after_ = skip; }
  // The process died: nothing is done any more until Restart().
  void Kill() { dead_ = true; }
  // A new process. `power_cut`: only what was synced is still there, or of the
  // bytes that were not the first half.
  void Restart(bool power_cut, bool keep_half);
  // Changes one bit of a file.
  void Damage(const std::string& path, uint64_t random);
  bool IsDamaged(const std::string& path) const;

  rocksdb::IOStatus NewSequentialFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSSequentialFile>* file,
      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
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
  rocksdb::IOStatus DeleteFile(const std::string& path,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus CreateDirIfMissing(
      const std::string& path, const rocksdb::IOOptions& options,
      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;

 private:
  struct Bytes {
    std::string all;
    size_t synced = 0;
    bool damaged = false;
  };
  // Of one folder, by path.
  using Names = std::map<std::string, std::shared_ptr<Bytes>>;
  class ReadFile;
  class WrittenFile;
  class Folder;

  // Whether the operation that begins is to be done.
  rocksdb::IOStatus Begin();

  Names names_;
  Names synced_names_;
  bool has_folder_ = false;
  bool dead_ = false;
  int64_t fail_after_ = -1;
  std::function<void()> listener_;
};

}  // namespace tally::simulation

#endif  // TALLY_TESTS_SIMULATION_SIMULATED_FILES_H_
