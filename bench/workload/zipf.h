// Ranks that follow Zipf's law: rank k is drawn in proportion to
// 1 / (k + 1)^exponent, so a few accounts get most of the events.
//
// Drawn by rejection-inversion (Hörmann and Derflinger, 1996), which needs no
// table and takes the same time for ten ranks and ten million. Not thread-safe.

#ifndef TALLY_BENCH_WORKLOAD_ZIPF_H_
#define TALLY_BENCH_WORKLOAD_ZIPF_H_

#include <cstdint>

#include "bench/workload/random.h"

namespace tally::bench {

class Zipf {
 public:
  // Of at least one rank; the exponent is above zero.
  Zipf(int64_t ranks, double exponent);

  // 0 to ranks - 1.
  int64_t Draw(Random* random) const;

 private:
  // The integral of x^-exponent, and its inverse.
  double Integral(double x) const;
  double InverseIntegral(double x) const;

  const int64_t ranks_;
  const double exponent_;
  double integral_first_;
  double integral_last_;
  double always_;  // how far off a rank may be and is still taken at once
};

}  // namespace tally::bench

#endif  // TALLY_BENCH_WORKLOAD_ZIPF_H_
