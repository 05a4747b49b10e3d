// Files that commands read.

#ifndef TALLY_TOOLS_TALLY_FILES_H_
#define TALLY_TOOLS_TALLY_FILES_H_

#include <iosfwd>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace tally::cli {

// The largest file taken in.
inline constexpr size_t kFileBytesMax = size_t{256} << 20;

// All of it; "-" is `in`. NotFound, or OutOfRange for what is too large.
absl::StatusOr<std::string> ReadWhole(const std::string& path,
                                      std::istream& in);

// `paths` with each folder replaced by all *.json below it, sorted.
absl::StatusOr<std::vector<std::string>> JsonFiles(
    const std::vector<std::string>& paths);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_FILES_H_
