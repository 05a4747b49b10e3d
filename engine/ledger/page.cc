#include "engine/ledger/page.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "engine/ledger/status_facts.h"

namespace tally {

absl::StatusOr<size_t> PageSize(int32_t asked) {
  if (asked < 0) {
    return WrongField("page_size", std::to_string(asked), "0 or above");
  }
  if (asked == 0) return static_cast<size_t>(kPageSizeDefault);
  return static_cast<size_t>(std::min(asked, int32_t{kPageSizeMax}));
}

absl::Status NotAPageToken(std::string_view after) {
  return WrongField("page_token", after, "a page token of this list");
}

absl::StatusOr<int64_t> ReadPageNumber(std::string_view after) {
  int64_t number = 0;
  const char* end = after.data() + after.size();
  const auto parsed = std::from_chars(after.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end || number < 0) {
    return NotAPageToken(after);
  }
  return number;
}

}  // namespace tally
