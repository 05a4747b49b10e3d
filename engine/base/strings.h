// Between std::string_view and absl::string_view, which Debian's Abseil keeps
// apart. This header also compiles where Abseil makes them one type.

#ifndef TALLY_ENGINE_BASE_STRINGS_H_
#define TALLY_ENGINE_BASE_STRINGS_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tally {

inline absl::string_view ToAbsl(std::string_view text) {
  return absl::string_view(text.data(), text.size());
}

inline std::string_view ToStd(absl::string_view text) {
  return std::string_view(text.data(), text.size());
}

// The message of a status, for fmt and std strings.
inline std::string_view MessageOf(const absl::Status& status) {
  return ToStd(status.message());
}

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_STRINGS_H_
