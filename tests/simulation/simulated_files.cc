#include "tests/simulation/simulated_files.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tally::simulation {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class SimulatedFiles::ReadFile final : public rocksdb::FSSequentialFile {
 public:
  explicit ReadFile(std::shared_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {}

  IOStatus Read(size_t size, const IOOptions&, rocksdb::Slice* found,
                char* scratch, IODebugContext*) override {
    const size_t count = std::min(size, bytes_->all.size() - at_);
    std::memcpy(scratch, bytes_->all.data() + at_, count);
    *found = rocksdb::Slice(scratch, count);
    at_ += count;
    return IOStatus::OK();
  }
  IOStatus Skip(uint64_t count) override {
    at_ = std::min<size_t>(at_ + count, bytes_->all.size());
    return IOStatus::OK();
  }

 private:
  const std::shared_ptr<Bytes> bytes_;
  size_t at_ = 0;
};

class SimulatedFiles::WrittenFile final : public rocksdb::FSWritableFile {
 public:
  WrittenFile(SimulatedFiles* files, std::shared_ptr<Bytes> bytes)
      : files_(files), bytes_(std::move(bytes)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions&,
                  IODebugContext*) override {
    const IOStatus begun = files_->Begin();
    if (begun.ok()) bytes_->all.append(data.data(), data.size());
    return begun;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&,
                  IODebugContext* context) override {
    return Append(data, options, context);
  }
  IOStatus Truncate(uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override {
    return files_->Begin();
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    const IOStatus begun = files_->Begin();
    if (begun.ok()) bytes_->synced = bytes_->all.size();
    return begun;
  }

 private:
  SimulatedFiles* const files_;
  const std::shared_ptr<Bytes> bytes_;
};

class SimulatedFiles::Folder final : public rocksdb::FSDirectory {
 public:
  explicit Folder(SimulatedFiles* files) : files_(files) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    const IOStatus begun = files_->Begin();
    if (begun.ok()) files_->synced_names_ = files_->names_;
    return begun;
  }

 private:
  SimulatedFiles* const files_;
};

SimulatedFiles::SimulatedFiles()
    : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

IOStatus SimulatedFiles::Begin() {
  if (listener_ && !dead_) listener_();
  if (dead_) return IOStatus::IOError("the process died");
  if (fail_after_ >= 0 && fail_after_-- == 0) {
    return IOStatus::IOError("the disk is broken");
  }
  return IOStatus::OK();
}

void SimulatedFiles::Restart(bool power_cut, bool keep_half) {
  dead_ = false;
  fail_after_ = -1;
  if (!power_cut) return;
  names_ = synced_names_;
  for (auto& [path, bytes] : names_) {
    const size_t unsynced = bytes->all.size() - bytes->synced;
    bytes->all.resize(bytes->synced + (keep_half ? unsynced / 2 : 0));
  }
}

void SimulatedFiles::Damage(const std::string& path, uint64_t random) {
  const auto found = names_.find(path);
  // A second bit could be the first one.
  if (found == names_.end() || found->second->damaged) return;
  std::string& all = found->second->all;
  if (all.empty()) return;
  char& byte = all[random / 8 % all.size()];
  byte = static_cast<char>(byte ^ 1 << random % 8);
  found->second->damaged = true;
}

bool SimulatedFiles::IsDamaged(const std::string& path) const {
  const auto found = names_.find(path);
  return found != names_.end() && found->second->damaged;
}

IOStatus SimulatedFiles::NewSequentialFile(
    const std::string& path, const rocksdb::FileOptions&,
    std::unique_ptr<rocksdb::FSSequentialFile>* file, IODebugContext*) {
  const auto found = names_.find(path);
  if (found == names_.end()) return IOStatus::NotFound(path);
  *file = std::make_unique<ReadFile>(found->second);
  return IOStatus::OK();
}

IOStatus SimulatedFiles::NewWritableFile(
    const std::string& path, const rocksdb::FileOptions&,
    std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext*) {
  const IOStatus begun = Begin();
  if (!begun.ok()) return begun;
  std::shared_ptr<Bytes>& bytes = names_[path];
  if (bytes == nullptr) bytes = std::make_shared<Bytes>();
  *bytes = {};
  *file = std::make_unique<WrittenFile>(this, bytes);
  return IOStatus::OK();
}

IOStatus SimulatedFiles::NewDirectory(
    const std::string&, const IOOptions&,
    std::unique_ptr<rocksdb::FSDirectory>* folder, IODebugContext*) {
  *folder = std::make_unique<Folder>(this);
  return IOStatus::OK();
}

IOStatus SimulatedFiles::FileExists(const std::string& path, const IOOptions&,
                                    IODebugContext*) {
  const bool is_there = has_folder_ || names_.contains(path);
  return is_there ? IOStatus::OK() : IOStatus::NotFound(path);
}

IOStatus SimulatedFiles::GetChildren(const std::string& path, const IOOptions&,
                                     std::vector<std::string>* names,
                                     IODebugContext*) {
  names->clear();
  for (const auto& [name, bytes] : names_) {
    names->push_back(name.substr(path.size() + 1));
  }
  return IOStatus::OK();
}

IOStatus SimulatedFiles::DeleteFile(const std::string& path, const IOOptions&,
                                    IODebugContext*) {
  const IOStatus begun = Begin();
  if (begun.ok()) names_.erase(path);
  return begun;
}

IOStatus SimulatedFiles::CreateDirIfMissing(const std::string&,
                                            const IOOptions&, IODebugContext*) {
  const IOStatus begun = Begin();
  if (begun.ok()) has_folder_ = true;
  return begun;
}

IOStatus SimulatedFiles::RenameFile(const std::string& from,
                                    const std::string& to, const IOOptions&,
                                    IODebugContext*) {
  const IOStatus begun = Begin();
  if (!begun.ok()) return begun;
  const auto found = names_.find(from);
  if (found == names_.end()) return IOStatus::NotFound(from);
  names_[to] = found->second;
  names_.erase(from);
  return IOStatus::OK();
}

}  // namespace tally::simulation
