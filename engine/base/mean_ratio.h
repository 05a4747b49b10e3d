// The mean of ratios of whole numbers, exactly: what share of the input was
// certified, month for month.
//
// The denominators of a year's months have no common multiple that fits a
// word, so the mean is never put into a Ratio; it is compared and shown.

#ifndef TALLY_ENGINE_BASE_MEAN_RATIO_H_
#define TALLY_ENGINE_BASE_MEAN_RATIO_H_

#include <compare>
#include <cstdint>
#include <string>

#include "engine/base/decimal.h"
#include "engine/base/natural.h"

namespace tally {

// Zero until the first ratio is added.
class MeanRatio {
 public:
  // `all` above zero; `part` of any sign.
  void Add(int128 part, int128 all);

  // This against part / all, `all` above zero.
  std::strong_ordering CompareTo(int128 part, int128 all) const;

  // In per cent, cut off after `decimals` digits (at most nine) and without
  // zeros at the end: "83.333333333". Below zero is "0".
  std::string ToPercent(int decimals) const;

 private:
  // (above_ - below_) / (common_ * count_)
  Natural above_;
  Natural below_;
  Natural common_ = Natural(1);
  int64_t count_ = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_MEAN_RATIO_H_
