// Durations in buckets of one part in 128 at most, from a nanosecond to half an
// hour: enough to tell a percentile, small enough to keep many, and of whole
// numbers only. Not thread-safe; merge them.

#ifndef TALLY_BENCH_CLIENT_HISTOGRAM_H_
#define TALLY_BENCH_CLIENT_HISTOGRAM_H_

#include <cstdint>
#include <vector>

namespace tally::bench {

class Histogram {
 public:
  Histogram() : counts_(kBuckets) {}

  // What is below zero counts as zero.
  void Add(int64_t nanos);
  void Merge(const Histogram& other);

  int64_t count() const { return count_; }
  int64_t max() const { return max_; }
  int64_t mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  // The least value that at least `per_million` of all do not pass, rounded up
  // to the end of its bucket; 0 of an empty one.
  int64_t Percentile(int64_t per_million) const;

 private:
  // Values below kSteps have a bucket each; above, each doubling has kSteps.
  static constexpr int kStepBits = 7;
  static constexpr int64_t kSteps = 1 << kStepBits;
  static constexpr int kDoublings = 34;
  static constexpr int64_t kBuckets = kSteps * (1 + kDoublings);

  static int64_t BucketOf(int64_t nanos);
  static int64_t EndOf(int64_t bucket);

  std::vector<int64_t> counts_;
  int64_t count_ = 0;
  int64_t sum_ = 0;
  int64_t max_ = 0;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_CLIENT_HISTOGRAM_H_
