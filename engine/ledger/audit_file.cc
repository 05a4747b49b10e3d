#include "engine/ledger/audit_file.h"

#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/ledger/audit_head.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr std::string_view kMark = "tallystick-audit-bundle/1\n";

std::string HashOf(std::string_view bytes) {
  const Sha256Digest digest = Sha256(bytes);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

void WriteSized(std::string_view bytes, std::ofstream* out) {
  std::string length;
  AppendLittle32(static_cast<uint32_t>(bytes.size()), &length);
  *out << length << bytes;
}

absl::Status EndsEarly() {
  return absl::DataLossError("the bundle ends before it should");
}

}  // namespace

AuditFileWriter::AuditFileWriter(std::string path, std::string_view head)
    : path_(std::move(path)), out_(path_ + ".new", std::ios::binary) {
  out_ << kMark << HashOf(head);
  WriteSized(head, &out_);
}

void AuditFileWriter::Add(std::string_view record) {
  WriteSized(record, &out_);
}

absl::Status AuditFileWriter::Finish() {
  out_.close();
  const std::string unfinished = path_ + ".new";
  if (out_.good() && std::rename(unfinished.c_str(), path_.c_str()) == 0) {
    return absl::OkStatus();
  }
  std::remove(unfinished.c_str());
  return absl::UnavailableError(fmt::format("cannot write {}", path_));
}

AuditFileReader::AuditFileReader(std::ifstream in, int64_t left)
    : in_(std::move(in)), left_(left) {}

absl::StatusOr<AuditFileReader> AuditFileReader::Open(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  std::ifstream in(path, std::ios::binary);
  if (error || !in) {
    return absl::NotFoundError(fmt::format("cannot read {}", path));
  }
  AuditFileReader reader(std::move(in), static_cast<int64_t>(size));
  std::string mark;
  std::string hash;
  RETURN_IF_ERROR(reader.Take(static_cast<int64_t>(kMark.size()), &mark));
  if (mark != kMark) {
    return absl::DataLossError(
        fmt::format("{} is no bundle of this version", path));
  }
  RETURN_IF_ERROR(reader.Take(sizeof(Sha256Digest), &hash));
  RETURN_IF_ERROR(reader.Take(4, &reader.length_));
  const uint32_t length = FixedReader(reader.length_).Little32();
  if (length > kAuditHeadBytesMax) return EndsEarly();
  RETURN_IF_ERROR(reader.Take(length, &reader.head_));
  if (HashOf(reader.head_) == hash) return reader;
  return absl::DataLossError("the bundle's head has another hash than it says");
}

absl::StatusOr<std::string_view> AuditFileReader::Next() {
  RETURN_IF_ERROR(Take(4, &length_));
  const uint32_t length = FixedReader(length_).Little32();
  if (length > kAuditRecordBytesMax) {
    return absl::DataLossError(
        fmt::format("a record of the bundle says it has {} bytes", length));
  }
  RETURN_IF_ERROR(Take(length, &record_));
  return std::string_view(record_);
}

absl::Status AuditFileReader::Take(int64_t bytes, std::string* out) {
  if (bytes > left_) return EndsEarly();
  out->resize(static_cast<size_t>(bytes));
  in_.read(out->data(), bytes);
  if (in_.gcount() != bytes) return EndsEarly();
  left_ -= bytes;
  return absl::OkStatus();
}

bool IsAuditFile(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

}  // namespace tally
