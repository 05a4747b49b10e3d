#include "engine/base/mean_ratio.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

void MeanRatio::Add(int128 part, int128 all) {
  TALLY_CHECK(all > 0);
  const Natural denominator(all);
  above_ = above_.Times(denominator);
  below_ = below_.Times(denominator);
  const Natural size = Natural(part < 0 ? -part : part).Times(common_);
  Natural& side = part < 0 ? below_ : above_;
  side = side.Plus(size);
  common_ = common_.Times(denominator);
  ++count_;
}

std::strong_ordering MeanRatio::CompareTo(int128 part, int128 all) const {
  TALLY_CHECK(all > 0);
  const Natural whole = common_.Times(Natural(std::max(count_, int64_t{1})));
  const Natural other = Natural(part < 0 ? -part : part).Times(whole);
  Natural mine = above_.Times(Natural(all));
  Natural others = below_.Times(Natural(all));
  Natural& side = part < 0 ? mine : others;
  side = side.Plus(other);
  return mine <=> others;
}

std::string MeanRatio::ToPercent(int decimals) const {
  TALLY_CHECK(decimals >= 0 && decimals <= 9);
  const int128 scale = int128{100} * PowerOfTen(decimals);
  // The greatest count of digits that is not above this.
  int64_t least = 0;
  int64_t most = INT64_MAX;
  while (least < most) {
    const int64_t middle = least + (most - least) / 2 + 1;
    if (CompareTo(middle, scale) >= 0) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  std::string text = FormatUnits(least, decimals);
  if (decimals == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace tally
