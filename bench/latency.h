// Latencies in buckets of about one part in 64: enough to tell a percentile,
// small enough to keep one histogram a client. Not thread-safe; merge them.

#ifndef TALLY_BENCH_LATENCY_H_
#define TALLY_BENCH_LATENCY_H_

#include <array>
#include <cstdint>

namespace tally {

class Latency {
 public:
  void Add(int64_t micros);
  void Merge(const Latency& other);

  int64_t count() const { return count_; }
  int64_t max_micros() const { return max_; }
  // The least value that at least `per_mille` of all do not pass.
  int64_t Percentile(int per_mille) const;

 private:
  static constexpr int kStepsPerDoubling = 64;
  static constexpr int kBuckets = 40 * kStepsPerDoubling;

  static int BucketOf(int64_t micros);
  static int64_t UpperBound(int bucket);

  std::array<int64_t, kBuckets> counts_{};
  int64_t count_ = 0;
  int64_t max_ = 0;
};

}  // namespace tally

#endif  // TALLY_BENCH_LATENCY_H_
