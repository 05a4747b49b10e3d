#include "bench/workload/zipf.h"

#include <algorithm>
#include <cmath>

namespace tally::bench {
namespace {

// (e^x - 1) / x and log(1 + x) / x, which have a limit at zero.
double Growth(double x) {
  return std::abs(x) > 1e-8 ? std::expm1(x) / x : 1 + x / 2;
}
double Decay(double x) {
  return std::abs(x) > 1e-8 ? std::log1p(x) / x : 1 - x / 2;
}

}  // namespace

Zipf::Zipf(int64_t ranks, double exponent)
    : ranks_(ranks), exponent_(exponent) {
  integral_first_ = Integral(1.5) - 1;
  integral_last_ = Integral(static_cast<double>(ranks) + 0.5);
  always_ = 2 - InverseIntegral(Integral(2.5) - std::pow(2, -exponent));
}

double Zipf::Integral(double x) const {
  const double log = std::log(x);
  return Growth((1 - exponent_) * log) * log;
}

double Zipf::InverseIntegral(double x) const {
  const double bounded = std::max(x * (1 - exponent_), -1.0);
  return std::exp(Decay(bounded) * x);
}

int64_t Zipf::Draw(Random* random) const {
  while (true) {
    const double at = integral_last_ +
                      random->Fraction() * (integral_first_ - integral_last_);
    const double x = InverseIntegral(at);
    const auto rank = std::clamp<int64_t>(std::llround(x), 1, ranks_);
    const auto k = static_cast<double>(rank);
    if (k - x <= always_ ||
        at >= Integral(k + 0.5) - std::exp(-exponent_ * std::log(k))) {
      return rank - 1;
    }
  }
}

}  // namespace tally::bench
