#include "tools/tally/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <istream>

#include "fmt/format.h"

namespace tally::cli {
namespace {

constexpr size_t kChunkBytes = 64 << 10;

}  // namespace

absl::StatusOr<std::string> ReadWhole(const std::string& path,
                                      std::istream& in) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& from = path == "-" ? in : file;
  if (path != "-" && (!file || std::filesystem::is_directory(path))) {
    return absl::NotFoundError(fmt::format("{}: can't be read", path));
  }
  std::string text;
  std::string chunk(kChunkBytes, '\0');
  while (from) {
    from.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    text.append(chunk, 0, static_cast<size_t>(from.gcount()));
    if (text.size() > kFileBytesMax) {
      return absl::OutOfRangeError(
          fmt::format("{}: larger than {} bytes", path, kFileBytesMax));
    }
  }
  return text;
}

absl::StatusOr<std::vector<std::string>> JsonFiles(
    const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const size_t first = files.size();
    auto at = fs::recursive_directory_iterator(path, error);
    while (!error && at != fs::recursive_directory_iterator()) {
      if (at->path().extension() == ".json" && at->is_regular_file(error)) {
        files.push_back(at->path().string());
      }
      at.increment(error);
    }
    if (error) {
      return absl::NotFoundError(fmt::format("{}: {}", path, error.message()));
    }
    if (files.size() == first) {
      return absl::NotFoundError(fmt::format("{}: no *.json below it", path));
    }
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  }
  return files;
}

}  // namespace tally::cli
