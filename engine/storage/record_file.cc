#include "engine/storage/record_file.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "engine/storage/crc32c.h"
#include "engine/storage/fixed_bytes.h"
#include "fmt/format.h"

namespace tally {
namespace {

// A file is cut into blocks; a record into fragments, none of which crosses
// the end of a block. What is too short for a header there is zeros.
constexpr size_t kBlockBytes = 32'768;
// Checksum, length of the payload, kind.
constexpr size_t kHeaderBytes = 7;
constexpr size_t kKindAt = 6;
constexpr int kLengthBits = 16;

// As RocksDB stores a CRC, so that one over bytes that hold CRCs differs.
uint32_t Masked(uint32_t crc) {
  constexpr uint32_t kDelta = 0xa282ead8;
  return (crc >> 15 | crc << 17) + kDelta;
}

bool IsZero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

// Whether the fragment at the beginning of `bytes` is whole and has a payload
// of so many bytes.
bool Fits(std::string_view bytes, uint32_t crc, size_t length) {
  if (kHeaderBytes + length > bytes.size()) return false;
  return Masked(Crc32c(bytes.substr(kKindAt, 1 + length))) == crc;
}

// Where a fragment is damaged within the block, from 0; else npos.
size_t FindDamage(std::string_view block) {
  const bool is_last = block.size() < kBlockBytes;
  size_t at = 0;
  while (block.size() - at >= kHeaderBytes) {
    const std::string_view rest = block.substr(at);
    FixedReader header(rest);
    const uint32_t crc = header.Little32();
    const uint16_t length = header.Little16();
    // Room that was kept for more, and never written.
    if (IsZero(rest.substr(0, kHeaderBytes))) {
      return IsZero(rest) ? std::string_view::npos : at;
    }
    if (Fits(rest, crc, length)) {
      at += kHeaderBytes + length;
      continue;
    }
    if (!is_last || kHeaderBytes + length <= rest.size()) return at;
    // Either it was cut off, or its length is not the one that it had.
    for (int bit = 0; bit < kLengthBits; ++bit) {
      if (Fits(rest, crc, length ^ size_t{1} << bit)) return at;
    }
    return std::string_view::npos;
  }
  if (is_last || IsZero(block.substr(at))) return std::string_view::npos;
  return at;
}

bool IsRecordFile(const std::filesystem::path& path) {
  return path.extension() == ".log" ||
         path.filename().string().starts_with("MANIFEST-");
}

}  // namespace

absl::Status CheckRecordFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(fmt::format("{} is not there", path));
  std::string block(kBlockBytes, '\0');
  for (size_t offset = 0; file; offset += kBlockBytes) {
    file.read(block.data(), static_cast<std::streamsize>(kBlockBytes));
    const auto count = static_cast<size_t>(file.gcount());
    const size_t found = FindDamage(std::string_view(block).substr(0, count));
    if (found == std::string_view::npos) continue;
    return absl::DataLossError(
        fmt::format("{} is damaged: the record at byte {} is not what was "
                    "written",
                    path, offset + found));
  }
  if (file.bad()) {
    return absl::UnavailableError(fmt::format("cannot read {}", path));
  }
  return absl::OkStatus();
}

absl::Status CheckRecordFiles(const std::string& directory) {
  std::error_code error;
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(directory, error)) {
    if (IsRecordFile(entry.path())) paths.push_back(entry.path());
  }
  // Always the same finding first.
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    const absl::Status checked = CheckRecordFile(path);
    if (!absl::IsNotFound(checked)) RETURN_IF_ERROR(checked);
  }
  return absl::OkStatus();
}

}  // namespace tally
