#include "bench/latency.h"

#include <algorithm>
#include <bit>

namespace tally {

// Values below kStepsPerDoubling have a bucket each; above, each doubling has
// kStepsPerDoubling buckets.
int Latency::BucketOf(int64_t micros) {
  const auto value = static_cast<uint64_t>(std::max<int64_t>(micros, 0));
  if (value < kStepsPerDoubling) return static_cast<int>(value);
  const int doubling = std::bit_width(value) - 7;
  const int step = static_cast<int>(value >> doubling) - kStepsPerDoubling;
  return std::min(kBuckets - 1, (doubling + 1) * kStepsPerDoubling + step);
}

int64_t Latency::UpperBound(int bucket) {
  if (bucket < kStepsPerDoubling) return bucket;
  const int doubling = bucket / kStepsPerDoubling - 1;
  const int64_t step = bucket % kStepsPerDoubling + kStepsPerDoubling;
  return ((step + 1) << doubling) - 1;
}

void Latency::Add(int64_t micros) {
  ++counts_[static_cast<size_t>(BucketOf(micros))];
  ++count_;
  max_ = std::max(max_, micros);
}

void Latency::Merge(const Latency& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

int64_t Latency::Percentile(int per_mille) const {
  const int64_t wanted = (count_ * per_mille + 999) / 1000;
  int64_t seen = 0;
  for (int bucket = 0; bucket < kBuckets; ++bucket) {
    seen += counts_[static_cast<size_t>(bucket)];
    if (seen >= wanted && seen > 0) return std::min(UpperBound(bucket), max_);
  }
  return max_;
}

}  // namespace tally
