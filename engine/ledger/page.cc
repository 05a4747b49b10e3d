#include "engine/ledger/page.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace tally {

absl::StatusOr<size_t> PageSize(int32_t asked) {
  if (asked < 0) {
    return absl::InvalidArgumentError("page size: below zero");
  }
  if (asked == 0) return static_cast<size_t>(kPageSizeDefault);
  return static_cast<size_t>(std::min(asked, int32_t{kPageSizeMax}));
}

absl::StatusOr<int64_t> ReadPageNumber(std::string_view after) {
  int64_t number = 0;
  const char* end = after.data() + after.size();
  const auto parsed = std::from_chars(after.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end || number < 0) {
    return absl::InvalidArgumentError("not a page token of this list");
  }
  return number;
}

}  // namespace tally
