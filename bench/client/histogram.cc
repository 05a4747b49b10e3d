#include "bench/client/histogram.h"

#include <algorithm>
#include <bit>

namespace tally::bench {

int64_t Histogram::BucketOf(int64_t nanos) {
  if (nanos < kSteps) return nanos;
  const int doubling =
      std::bit_width(static_cast<uint64_t>(nanos)) - (kStepBits + 1);
  const int64_t step = (nanos >> doubling) - kSteps;
  return std::min(kBuckets - 1, (doubling + 1) * kSteps + step);
}

// The largest value of the bucket.
int64_t Histogram::EndOf(int64_t bucket) {
  if (bucket < kSteps) return bucket;
  const int64_t doubling = bucket / kSteps - 1;
  return ((bucket % kSteps + kSteps + 1) << doubling) - 1;
}

void Histogram::Add(int64_t nanos) {
  nanos = std::max<int64_t>(nanos, 0);
  ++counts_[static_cast<size_t>(BucketOf(nanos))];
  ++count_;
  sum_ += nanos;
  max_ = std::max(max_, nanos);
}

void Histogram::Merge(const Histogram& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
}

int64_t Histogram::Percentile(int64_t per_million) const {
  const int64_t wanted = (count_ * per_million + 999'999) / 1'000'000;
  int64_t seen = 0;
  for (int64_t bucket = 0; bucket < kBuckets; ++bucket) {
    seen += counts_[static_cast<size_t>(bucket)];
    if (seen < wanted || seen == 0) continue;
    // What lies beyond the last bucket's end is in it as well.
    return bucket == kBuckets - 1 ? max_ : std::min(EndOf(bucket), max_);
  }
  return max_;
}

}  // namespace tally::bench
