// A dense index with a type of its own, so that a site is never passed where
// a product is meant. Value -1 means none.
//
//   using SiteIndex = StrongIndex<struct SiteTag>;
//   SiteIndex site(3);
//   sites[site.value()];

#ifndef TALLY_ENGINE_BASE_STRONG_ID_H_
#define TALLY_ENGINE_BASE_STRONG_ID_H_

#include <compare>
#include <cstdint>
#include <utility>

namespace tally {

template <typename Tag>
class StrongIndex {
 public:
  constexpr StrongIndex() = default;
  constexpr explicit StrongIndex(int32_t value) : value_(value) {}

  constexpr int32_t value() const { return value_; }
  constexpr bool valid() const { return value_ >= 0; }

  friend constexpr auto operator<=>(StrongIndex, StrongIndex) = default;

  template <typename H>
  friend H AbslHashValue(H hash, StrongIndex index) {
    return H::combine(std::move(hash), index.value_);
  }

 private:
  int32_t value_ = -1;
};

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_STRONG_ID_H_
