#include "engine/ledger/lot_walk.h"

#include <algorithm>
#include <utility>

#include "engine/ledger/reader.h"
#include "engine/model/limits.h"
#include "engine/state/state.h"

namespace tally {
namespace {

// Lots that are looked at before the state is let go.
constexpr size_t kSliceLots = 512;

// Quantities of products with different decimals, on one scale. What is too
// large for it counts in full units of its own: such a product stands alone.
int64_t WeightOf(const State& state, const Parent& parent) {
  int64_t weight = parent.quantity.units();
  for (int32_t decimals = state.registry().at(parent.product).decimals;
       decimals < kDecimalsMax; ++decimals) {
    int64_t scaled = 0;
    if (__builtin_mul_overflow(weight, int64_t{10}, &scaled)) return weight;
    weight = scaled;
  }
  return weight;
}

}  // namespace

void LotWalk::Run(LotIndex start, Position as_of) {
  Run(std::span(&start, 1), as_of);
}

void LotWalk::Run(std::span<const LotIndex> starts, Position as_of) {
  as_of_ = as_of;
  for (const LotIndex start : starts) Reach(start, 0);
  for (int32_t depth = 0; !next_level_.empty(); ++depth) {
    level_.swap(next_level_);
    next_level_.clear();
    Level(depth);
  }
  std::sort(
      lots_.begin(), lots_.end(),
      [](const WalkedLot& a, const WalkedLot& b) { return a.lot < b.lot; });
  for (size_t i = 0; i < lots_.size(); ++i) {
    places_[lots_[i].lot] = static_cast<int64_t>(i);
  }
}

int64_t LotWalk::Find(LotIndex lot) const {
  const auto found = places_.find(lot);
  return found == places_.end() ? -1 : found->second;
}

void LotWalk::Level(int32_t depth) {
  for (size_t begin = 0; begin < level_.size(); begin += kSliceLots) {
    const size_t end = std::min(begin + kSliceLots, level_.size());
    ledger_->reader().Read([&](const View& view) {
      for (size_t i = begin; i < end; ++i) Visit(view.state, level_[i], depth);
    });
  }
}

void LotWalk::Visit(const State& state, LotIndex index, int32_t depth) {
  const Lot& lot = state.lots().at(index);
  const Registry& registry = state.registry();
  WalkedLot walked{
      .lot = index,
      .name = std::string(state.lots().NameOf(index)),
      .depth = depth,
      .made = lot.made,
      .decimals = registry.at(lot.product).decimals,
      .source = lot.source,
      .made_at = std::string(registry.site_names.NameOf(lot.made_at)),
      .made_by = std::string(
          registry.party_names.NameOf(registry.at(lot.made_at).party)),
      .position = lot.position,
      .parents = lot.parents};
  for (const Parent& parent : lot.parents) {
    walked.weights.push_back(WeightOf(state, parent));
  }
  lots_.push_back(std::move(walked));
  if (direction_ == TraceDirection::kUpstream) {
    for (const Parent& parent : lot.parents) {
      if (parent.lot.valid()) Reach(parent.lot, depth + 1);
    }
    return;
  }
  for (const LotIndex child : state.lots().ChildrenOf(index)) {
    if (state.lots().at(child).position <= as_of_) Reach(child, depth + 1);
  }
}

void LotWalk::Reach(LotIndex lot, int32_t depth) {
  if (places_.contains(lot)) return;
  if (depth > max_depth_ || places_.size() >= kTraceLotsMax) {
    truncated_ = true;
    return;
  }
  places_.emplace(lot, -1);
  next_level_.push_back(lot);
}

}  // namespace tally
