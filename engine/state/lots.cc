#include "engine/state/lots.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"

namespace tally {

LotIndex Lots::Add(std::string_view name, Lot lot) {
  const LotIndex index = names_.Add(name);
  for (const Parent& parent : lot.parents) {
    if (!parent.lot.valid()) continue;
    std::vector<LotIndex>& children = children_[parent.lot];
    if (children.empty() || children.back() != index) {
      children.push_back(index);
    }
  }
  lots_.push_back(std::move(lot));
  findings_.emplace_back(0);
  return index;
}

void Lots::RemoveLast() {
  TALLY_CHECK(!lots_.empty());
  const LotIndex index(size() - 1);
  for (const Parent& parent : lots_.back().parents) {
    if (!parent.lot.valid()) continue;
    std::vector<LotIndex>& children = children_[parent.lot];
    if (!children.empty() && children.back() == index) children.pop_back();
  }
  lots_.pop_back();
  findings_.pop_back();
  names_.RemoveLast();
}

LotIndex Lots::FirstFrom(Position position) const {
  const auto found = std::partition_point(
      lots_.begin(), lots_.end(),
      [position](const Lot& lot) { return lot.position < position; });
  return LotIndex(static_cast<int32_t>(found - lots_.begin()));
}

const std::vector<LotIndex>& Lots::ChildrenOf(LotIndex lot) const {
  static const std::vector<LotIndex> kNone;
  const auto found = children_.find(lot);
  return found == children_.end() ? kNone : found->second;
}

}  // namespace tally
