#include "engine/base/natural.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

using uint128 = unsigned __int128;

}  // namespace

Natural::Natural(int128 value) {
  TALLY_CHECK(value >= 0);
  for (auto rest = static_cast<uint128>(value); rest > 0; rest >>= 64) {
    limbs_.push_back(static_cast<uint64_t>(rest));
  }
}

Natural Natural::Plus(const Natural& other) const {
  Natural sum;
  const size_t size = std::max(limbs_.size(), other.limbs_.size());
  uint128 carry = 0;
  for (size_t i = 0; i < size; ++i) {
    if (i < limbs_.size()) carry += limbs_[i];
    if (i < other.limbs_.size()) carry += other.limbs_[i];
    sum.limbs_.push_back(static_cast<uint64_t>(carry));
    carry >>= 64;
  }
  if (carry > 0) sum.limbs_.push_back(static_cast<uint64_t>(carry));
  return sum;
}

Natural Natural::Times(const Natural& other) const {
  Natural product;
  product.limbs_.resize(limbs_.size() + other.limbs_.size());
  for (size_t i = 0; i < limbs_.size(); ++i) {
    uint128 carry = 0;
    for (size_t j = 0; j < other.limbs_.size(); ++j) {
      carry += product.limbs_[i + j];
      carry += uint128{limbs_[i]} * other.limbs_[j];
      product.limbs_[i + j] = static_cast<uint64_t>(carry);
      carry >>= 64;
    }
    product.limbs_[i + other.limbs_.size()] = static_cast<uint64_t>(carry);
  }
  product.Trim();
  return product;
}

std::strong_ordering operator<=>(const Natural& a, const Natural& b) {
  if (a.limbs_.size() != b.limbs_.size()) {
    return a.limbs_.size() <=> b.limbs_.size();
  }
  for (size_t i = a.limbs_.size(); i-- > 0;) {
    if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] <=> b.limbs_[i];
  }
  return std::strong_ordering::equal;
}

void Natural::Trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

}  // namespace tally
