#include "engine/state/credits.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {

BlockIndex Credits::Add(std::string_view name, Block block, PartyIndex holder) {
  const BlockIndex index = names_.Add(name);
  if (!block.evidence.empty()) {
    const bool fresh = evidence_.insert(block.evidence).second;
    TALLY_CHECK(fresh);
  }
  const int64_t count = block.count;
  blocks_.push_back(std::move(block));
  Insert(index, 1, {.to = count, .holder = holder});
  return index;
}

void Credits::RemoveLast() {
  TALLY_CHECK(!blocks_.empty());
  const BlockIndex index(size() - 1);
  Block& block = blocks_.back();
  while (!block.runs.empty()) Erase(index, block.runs.begin()->first);
  // What is taken back was never held by anyone else.
  const HolderKey key{block.issuer, block.scheme, block.product};
  ever_held_[key].pop_back();
  evidence_.erase(block.evidence);
  blocks_.pop_back();
  names_.RemoveLast();
}

std::pair<int64_t, const Block::Run*> Credits::RunAt(BlockIndex block,
                                                     int64_t serial) const {
  const auto& runs = at(block).runs;
  auto after = runs.upper_bound(serial);
  TALLY_CHECK(after != runs.begin());
  --after;
  TALLY_CHECK(serial <= after->second.to);
  return {after->first, &after->second};
}

SerialMove Credits::Move(const SerialMove& move) {
  const Serials& serials = move.serials;
  const auto [from, found] = RunAt(serials.block, serials.from);
  const Block::Run before = *found;
  TALLY_CHECK(serials.to <= before.to);
  Erase(serials.block, from);
  if (from < serials.from) {
    Block::Run left = before;
    left.to = serials.from - 1;
    Insert(serials.block, from, left);
  }
  Insert(serials.block, serials.from,
         {.to = serials.to,
          .holder = move.to,
          .state = move.state,
          .redemption = move.redemption});
  if (serials.to < before.to) Insert(serials.block, serials.to + 1, before);
  return {.serials = serials,
          .to = before.holder,
          .state = before.state,
          .redemption = before.redemption};
}

void Credits::Insert(BlockIndex index, int64_t from, const Block::Run& run) {
  Block& block = blocks_[static_cast<size_t>(index.value())];
  block.runs.emplace(from, run);
  const HolderKey key{run.holder, block.scheme, block.product};
  std::vector<BlockIndex>& ever = ever_held_[key];
  const auto place = std::lower_bound(ever.begin(), ever.end(), index);
  if (place == ever.end() || *place != index) ever.insert(place, index);
  if (run.state != SerialState::kIssued) return;
  held_[key].emplace(HeldKey{block.vintage.last, index, from}, run.to);
}

void Credits::Erase(BlockIndex index, int64_t from) {
  Block& block = blocks_[static_cast<size_t>(index.value())];
  const auto run = block.runs.find(from);
  TALLY_CHECK(run != block.runs.end());
  if (run->second.state == SerialState::kIssued) {
    const HolderKey key{run->second.holder, block.scheme, block.product};
    held_[key].erase(HeldKey{block.vintage.last, index, from});
  }
  block.runs.erase(run);
}

const Held* Credits::HeldBy(const HolderKey& key) const {
  const auto found = held_.find(key);
  return found == held_.end() ? nullptr : &found->second;
}

const std::vector<BlockIndex>* Credits::EverHeldBy(const HolderKey& key) const {
  const auto found = ever_held_.find(key);
  return found == ever_held_.end() ? nullptr : &found->second;
}

bool Credits::EvidenceUsed(std::string_view evidence) const {
  return evidence_.contains(std::string(evidence));
}

}  // namespace tally
