#include "engine/state/lots.h"

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
  names_.RemoveLast();
}

const std::vector<LotIndex>& Lots::ChildrenOf(LotIndex lot) const {
  static const std::vector<LotIndex> kNone;
  const auto found = children_.find(lot);
  return found == children_.end() ? kNone : found->second;
}

}  // namespace tally
