// The file of an auditor's bundle: a mark, the head with its SHA-256, and the
// records one after the other. docs/audit_bundle.md has every byte.
//
// Reading is safe on any input: no length is taken at its word, one record is
// in memory at a time.

#ifndef TALLY_ENGINE_LEDGER_AUDIT_FILE_H_
#define TALLY_ENGINE_LEDGER_AUDIT_FILE_H_

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace tally {

// The longest record that is taken.
inline constexpr uint32_t kAuditRecordBytesMax = uint32_t{32} << 20;

class AuditFileWriter {
 public:
  // The file is there under `path` once Finish() has returned.
  AuditFileWriter(std::string path, std::string_view head);
  void Add(std::string_view record);
  absl::Status Finish();

 private:
  const std::string path_;
  std::ofstream out_;
};

class AuditFileReader {
 public:
  // NOT_FOUND, or DATA_LOSS for what is no bundle or has another head than it
  // was written with.
  static absl::StatusOr<AuditFileReader> Open(const std::string& path);

  const std::string& head() const { return head_; }
  // The next record; DATA_LOSS where the file ends before it.
  absl::StatusOr<std::string_view> Next();
  bool AtEnd() const { return left_ == 0; }

 private:
  AuditFileReader(std::ifstream in, int64_t left);
  // The next bytes of the file into `out`.
  absl::Status Take(int64_t bytes, std::string* out);

  std::ifstream in_;
  int64_t left_;  // bytes that were not read yet
  std::string head_;
  std::string length_;
  std::string record_;
};

// Whether the file begins as a bundle does.
bool IsAuditFile(const std::string& path);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_AUDIT_FILE_H_
