#include "engine/storage/rocks_status.h"

#include <string>

#include "fmt/format.h"

namespace tally {
namespace {

// RocksDB tells these only in its text.
absl::StatusCode IoErrorCode(const rocksdb::Status& status,
                             const std::string& text) {
  if (status.IsNoSpace()) return absl::StatusCode::kResourceExhausted;
  if (status.IsPathNotFound()) return absl::StatusCode::kNotFound;
  if (text.find("/LOCK: ") != std::string::npos &&
      text.find("Permission denied") == std::string::npos) {
    return absl::StatusCode::kFailedPrecondition;
  }
  for (const char* denied : {"Permission denied", "Read-only file system",
                             "Operation not permitted"}) {
    if (text.find(denied) != std::string::npos) {
      return absl::StatusCode::kPermissionDenied;
    }
  }
  if (text.find("No such file or directory") != std::string::npos) {
    return absl::StatusCode::kNotFound;
  }
  return absl::StatusCode::kUnavailable;
}

}  // namespace

absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  absl::StatusCode code = absl::StatusCode::kUnavailable;
  std::string_view reason;
  if (status.IsNotFound()) {
    code = absl::StatusCode::kNotFound;
  } else if (status.IsCorruption()) {
    code = absl::StatusCode::kDataLoss;
    reason = "the stored data is damaged: ";
  } else if (status.IsIOError()) {
    code = IoErrorCode(status, text);
    if (code == absl::StatusCode::kResourceExhausted) {
      reason = "the disk is full: ";
    } else if (code == absl::StatusCode::kFailedPrecondition) {
      reason = "another process has it open: ";
    }
  } else if (status.IsInvalidArgument() || status.IsNotSupported()) {
    code = absl::StatusCode::kFailedPrecondition;
  }
  return absl::Status(code, fmt::format("{}: {}{}", doing, reason, text));
}

}  // namespace tally
