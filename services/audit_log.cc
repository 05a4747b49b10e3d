#include "services/audit_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "services/log_lines.h"

namespace tally::services {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

std::string ToLine(const AuditEntry& entry, Instant now) {
  nlohmann::ordered_json line;
  line["time"] = now.ToString();
  line["principal"] = std::string(entry.principal);
  line["method"] = std::string(entry.method);
  line["scope"] = std::string(entry.scope);
  line["outcome"] = std::string(entry.outcome);
  return line.dump(-1, ' ', /*ensure_ascii=*/true,
                   nlohmann::json::error_handler_t::replace) +
         '\n';
}

}  // namespace

absl::StatusOr<std::unique_ptr<AuditLog>> AuditLog::Open(Options options) {
  std::unique_ptr<AuditLog> log(new AuditLog(std::move(options)));
  if (log->options_.file.empty()) return log;
  MutexLock lock(&log->mutex_);
  RETURN_IF_ERROR(log->OpenFile());
  return log;
}

AuditLog::~AuditLog() {
  MutexLock lock(&mutex_);
  if (file_ >= 0) close(file_);
}

absl::Status AuditLog::OpenFile() {
  file_ = open(options_.file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
               kOwnerOnly);
  struct stat about = {};
  if (file_ < 0 || fstat(file_, &about) != 0) {
    return absl::UnavailableError(
        ToAbsl(fmt::format("audit-file: cannot append to {}", options_.file)));
  }
  bytes_ = about.st_size;
  return absl::OkStatus();
}

void AuditLog::Rotate() {
  close(file_);
  file_ = -1;
  for (int i = options_.files_max - 1; i > 0; --i) {
    const std::string from =
        i == 1 ? options_.file : fmt::format("{}.{}", options_.file, i - 1);
    // What is not there yet need not move.
    static_cast<void>(std::rename(
        from.c_str(), fmt::format("{}.{}", options_.file, i).c_str()));
  }
  const absl::Status opened = OpenFile();
  if (!opened.ok()) {
    LogLine(LogLevel::kError, "the audit trail has ended",
            {{"reason", std::string(MessageOf(opened))}});
  }
}

void AuditLog::Write(const AuditEntry& entry) {
  if (options_.file.empty()) return;
  const std::string line = ToLine(entry, options_.clock->Now());
  MutexLock lock(&mutex_);
  if (file_ < 0) return;
  if (bytes_ > 0 &&
      bytes_ + static_cast<int64_t>(line.size()) > options_.bytes_max) {
    Rotate();
    if (file_ < 0) return;
  }
  // One write for a line: lines of several processes would not be torn.
  const ssize_t written = write(file_, line.data(), line.size());
  if (written != static_cast<ssize_t>(line.size())) {
    LogLine(LogLevel::kError, "a line of the audit trail was lost");
  }
  if (written > 0) bytes_ += written;
}

}  // namespace tally::services
