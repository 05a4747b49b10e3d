#include "tests/faults/unsynced.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace tally::faults {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

void Unsynced::Renaming(const std::string& from, const std::string& to) {
  const bool was_there = fs::exists(to);
  changes_.push_back({.kind = Change::Kind::kRenamed,
                      .path = to,
                      .from = from,
                      .was_there = was_there,
                      .bytes = was_there ? ReadFile(to) : ""});
  const auto found = appended_.find(from);
  if (found == appended_.end()) return;
  appended_[to] = found->second;
  appended_.erase(from);
}

// The bytes are one file's: their last sync is that of the first name.
void Unsynced::Linking(const std::string& from, const std::string& to) {
  const auto found = appended_.find(from);
  if (found != appended_.end()) appended_[to] = found->second;
  changes_.push_back({.kind = Change::Kind::kCreated,
                      .path = to,
                      .from = "",
                      .was_there = false,
                      .bytes = ""});
}

void Unsynced::Deleting(const std::string& path) {
  changes_.push_back({.kind = Change::Kind::kDeleted,
                      .path = path,
                      .from = "",
                      .was_there = fs::exists(path),
                      .bytes = ReadFile(path)});
}

void Unsynced::OpeningToWriteWithin(const std::string& path) {
  if (fs::exists(path)) within_.try_emplace(path, ReadFile(path));
}

void Unsynced::Created(const std::string& path, bool was_there) {
  appended_[path] = 0;
  if (was_there) return;
  changes_.push_back({.kind = Change::Kind::kCreated,
                      .path = path,
                      .from = "",
                      .was_there = false,
                      .bytes = ""});
}

void Unsynced::Synced(const std::string& path) {
  const auto within = within_.find(path);
  if (within != within_.end()) {
    within->second = ReadFile(path);
    appended_.erase(path);
  } else if (fs::exists(path)) {
    appended_[path] = fs::file_size(path);
  }
}

void Unsynced::FolderSynced(const std::string& folder) {
  std::erase_if(changes_, [&folder](const Change& change) {
    return fs::path(change.path).parent_path() ==
           fs::path(folder + "/x").lexically_normal().parent_path();
  });
}

void Unsynced::LosePower(bool keep_half) {
  for (const auto& [path, safe] : appended_) {
    if (!fs::exists(path)) continue;
    const uint64_t size = fs::file_size(path);
    if (size <= safe) continue;
    fs::resize_file(path, keep_half ? safe + (size - safe) / 2 : safe);
  }
  if (!keep_half) {
    for (const auto& [path, bytes] : within_) {
      if (fs::exists(path)) WriteFile(path, bytes);
    }
    for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) {
      TakeBack(*change);
    }
  }
  changes_.clear();
  appended_.clear();
  within_.clear();
}

void Unsynced::TakeBack(const Change& change) {
  std::error_code ignored;
  switch (change.kind) {
    case Change::Kind::kCreated:
      fs::remove(change.path, ignored);
      return;
    case Change::Kind::kRenamed:
      fs::rename(change.path, change.from, ignored);
      break;
    case Change::Kind::kDeleted:
      break;
  }
  if (change.was_there) WriteFile(change.path, change.bytes);
}

}  // namespace tally::faults
