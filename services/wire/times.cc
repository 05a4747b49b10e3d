#include "services/wire/times.h"

#include <cstdint>

namespace tally::wire {
namespace {

constexpr int32_t kNanosMax = 999'999'999;
constexpr int64_t kSecondsPerDay = 86'400;
constexpr int64_t kMicrosPerSecond = 1'000'000;

}  // namespace

std::optional<Instant> ReadTime(int64_t seconds, int32_t nanos) {
  static const int64_t first = Date::FromCivil(1900, 1, 1).days();
  static const int64_t past = Date::FromCivil(2199, 12, 31).days() + int64_t{1};
  if (seconds < first * kSecondsPerDay || seconds >= past * kSecondsPerDay ||
      nanos < 0 || nanos > kNanosMax) {
    return std::nullopt;
  }
  return Instant(seconds * kMicrosPerSecond + nanos / 1'000);
}

}  // namespace tally::wire
