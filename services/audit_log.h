// The audit trail: who asked for others' data, who was refused and who
// administered what, a JSON object a line, apart from the log of the program.
//
// Lines are appended only. A file that is full is renamed to FILE.1 and so on;
// the oldest goes. No event's content, no token and no key is ever in it.
// Thread-safe.

#ifndef TALLY_SERVICES_AUDIT_LOG_H_
#define TALLY_SERVICES_AUDIT_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/clock.h"
#include "engine/base/mutex.h"

namespace tally::services {

struct AuditEntry {
  std::string_view principal;
  std::string_view method;   // "GetBalance"
  std::string_view scope;    // what was asked for: "site=mill scheme=x"
  std::string_view outcome;  // "OK", "PERMISSION_DENIED", …
};

class AuditLog {
 public:
  struct Options {
    std::string file;  // empty: nothing is kept
    int64_t bytes_max = 64 << 20;
    int files_max = 10;
    const Clock* clock = nullptr;  // must outlive it
  };

  // UNAVAILABLE where the file cannot be appended to.
  static absl::StatusOr<std::unique_ptr<AuditLog>> Open(Options options);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // Whether anything is kept.
  bool on() const { return !options_.file.empty(); }

  void Write(const AuditEntry& entry) TALLY_EXCLUDES(mutex_);

 private:
  explicit AuditLog(Options options) : options_(std::move(options)) {}

  absl::Status OpenFile() TALLY_REQUIRES(mutex_);
  void Rotate() TALLY_REQUIRES(mutex_);

  const Options options_;
  Mutex mutex_;
  int file_ TALLY_GUARDED_BY(mutex_) = -1;
  int64_t bytes_ TALLY_GUARDED_BY(mutex_) = 0;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_AUDIT_LOG_H_
