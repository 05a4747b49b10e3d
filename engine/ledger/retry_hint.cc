#include "engine/ledger/retry_hint.h"

#include <charconv>
#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "engine/model/limits.h"

namespace tally {
namespace {

constexpr char kPayload[] = "tally/retry-after-millis";

}  // namespace

absl::Status WithRetryAfter(absl::Status status) {
  return WithRetryAfter(std::move(status), kRetryAfterMillis);
}

absl::Status WithRetryAfter(absl::Status status, int64_t millis) {
  status.SetPayload(kPayload, absl::Cord(std::to_string(millis)));
  return status;
}

std::optional<int64_t> RetryAfterMillis(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return std::nullopt;
  const std::string text(*payload);
  int64_t millis = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, millis);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return millis;
}

}  // namespace tally
