#include "services/wire/times.h"

#include <cstdint>

namespace tally::wire {
namespace {

constexpr int32_t kNanosMax = 999'999'999;
constexpr int64_t kSecondsPerDay = 86'400;
constexpr int64_t kMicrosPerSecond = 1'000'000;

}  // namespace

std::optional<Instant> ReadTime(const google::protobuf::Timestamp& in) {
  static const int64_t first = Date::FromCivil(1900, 1, 1).days();
  static const int64_t past = Date::FromCivil(2199, 12, 31).days() + int64_t{1};
  if (in.seconds() < first * kSecondsPerDay ||
      in.seconds() >= past * kSecondsPerDay || in.nanos() < 0 ||
      in.nanos() > kNanosMax) {
    return std::nullopt;
  }
  return Instant(in.seconds() * kMicrosPerSecond + in.nanos() / 1'000);
}

}  // namespace tally::wire
