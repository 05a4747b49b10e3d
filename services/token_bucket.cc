#include "services/token_bucket.h"

#include <algorithm>

namespace tally::services {
namespace {

// Beyond it buckets that are full again are forgotten: they are as new ones.
constexpr size_t kBucketsMax = 10'000;
constexpr int64_t kMicrosPerMilli = 1'000;
constexpr int64_t kMillion = 1'000'000;

int64_t RoundUp(int64_t number, int64_t divisor) {
  return number / divisor + (number % divisor == 0 ? 0 : 1);
}

}  // namespace

int64_t TokenBuckets::full() const { return depth_ * kMillion; }

int64_t TokenBuckets::Filled(const Bucket& bucket, int64_t now_micros) const {
  // A clock that was set back adds nothing. In a microsecond as many
  // millionths come as there are tokens in a second.
  const int64_t passed = std::max<int64_t>(now_micros - bucket.filled_at, 0);
  if (passed >= RoundUp(full(), per_second_)) return full();
  return std::min(full(), bucket.level + passed * per_second_);
}

void TokenBuckets::DropFull(int64_t now_micros) {
  absl::erase_if(buckets_, [&](const auto& entry) {
    return Filled(entry.second, now_micros) == full();
  });
}

int64_t TokenBuckets::Take(const std::string& principal, int64_t now_micros,
                           int64_t count) {
  if (per_second_ == 0) return 0;
  MutexLock lock(&mutex_);
  if (buckets_.size() >= kBucketsMax) DropFull(now_micros);
  const auto [place, added] = buckets_.try_emplace(
      principal, Bucket{.level = full(), .filled_at = now_micros});
  Bucket& bucket = place->second;
  bucket.level = Filled(bucket, now_micros);
  bucket.filled_at = now_micros;
  const int64_t asked = std::min(count, depth_) * kMillion;
  if (bucket.level < asked) {
    return RoundUp(RoundUp(asked - bucket.level, per_second_), kMicrosPerMilli);
  }
  bucket.level -= asked;
  return 0;
}

}  // namespace tally::services
