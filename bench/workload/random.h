// A small source of random numbers (splitmix64): the same seed gives the same
// numbers on every machine, and one takes about a nanosecond. Not thread-safe.

#ifndef TALLY_BENCH_WORKLOAD_RANDOM_H_
#define TALLY_BENCH_WORKLOAD_RANDOM_H_

#include <cstdint>

namespace tally::bench {

// Spreads the bits of a number over all 64.
inline uint64_t Mixed(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() { return Mixed(state_ += 0x9e3779b97f4a7c15u); }

  // 0 to bound - 1; the bound is above zero and below 2^62.
  int64_t Below(int64_t bound) {
    const auto product = static_cast<unsigned __int128>(Next()) *
                         static_cast<unsigned __int128>(bound);
    return static_cast<int64_t>(product >> 64);
  }

  // In [0, 1).
  double Fraction() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

 private:
  uint64_t state_;
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_RANDOM_H_
