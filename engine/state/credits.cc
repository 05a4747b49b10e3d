#include "engine/state/credits.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/check.h"

namespace tally {
namespace {

HolderKey KeyOf(const Block& block, PartyIndex holder) {
  return {holder, block.scheme, block.product};
}

// Parts are named by their serials only.
bool IsListed(const Block& block, const Block::Run& run) {
  return run.status.state == SerialState::kIssued && !block.IsPart();
}

// Cuts the run that holds `serial` so that a run begins with it.
void CutBefore(int64_t serial, Block::Runs* runs) {
  const auto run = std::prev(runs->upper_bound(serial));
  if (run->first == serial) return;
  const Block::Run right = run->second;
  run->second.to = serial - 1;
  runs->emplace(serial, right);
}

// Gives serials one status, over as many runs as they lie in.
void Assign(const SerialMove& move, Block::Runs* runs) {
  const auto& [block, from, to] = move.serials;
  CutBefore(from, runs);
  if (to < runs->rbegin()->second.to) CutBefore(to + 1, runs);
  runs->erase(runs->lower_bound(from), runs->upper_bound(to));
  runs->emplace(from, Block::Run{.to = to, .status = move.after});
}

Block::Runs Joined(const Block::Runs& runs) {
  Block::Runs joined;
  for (const auto& [from, run] : runs) {
    if (!joined.empty() && joined.rbegin()->second.status == run.status) {
      joined.rbegin()->second.to = run.to;
    } else {
      joined.emplace_hint(joined.end(), from, run);
    }
  }
  return joined;
}

}  // namespace

Block::Runs Block::RunsAsAt(Date date) const {
  if (date < issued_on) return {};
  const auto is_later = [&](const SerialMove& move) {
    return move.after.since > date;
  };
  if (std::none_of(moves.begin(), moves.end(), is_later)) return runs;
  const Run all{.to = count,
                .status = {.holder = first_holder, .since = issued_on}};
  Runs then = {{1, all}};
  for (const SerialMove& move : moves) {
    if (!is_later(move)) Assign(move, &then);
  }
  return Joined(then);
}

BlockIndex Credits::Add(std::string_view name, Block block, PartyIndex holder) {
  TALLY_CHECK(block.count > 0);
  TALLY_CHECK(block.runs.empty() && block.moves.empty());
  const BlockIndex index = names_.Add(name);
  if (!block.evidence.empty()) {
    const bool fresh = evidence_.insert(block.evidence).second;
    TALLY_CHECK(fresh);
  }
  const Block::Run all{.to = block.count,
                       .status = {.holder = holder, .since = block.issued_on}};
  block.first_holder = holder;
  blocks_.push_back(std::move(block));
  Insert(index, 1, all);
  return index;
}

BlockIndex Credits::FirstFrom(Position position) const {
  const auto found = std::partition_point(
      blocks_.begin(), blocks_.end(),
      [position](const Block& block) { return block.position < position; });
  return BlockIndex(static_cast<int32_t>(found - blocks_.begin()));
}

void Credits::RemoveLast() {
  TALLY_CHECK(!blocks_.empty());
  const BlockIndex index(size() - 1);
  TALLY_CHECK(blocks_.back().runs.size() == 1);
  Erase(index, 1);
  evidence_.erase(blocks_.back().evidence);
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
  blocks_[static_cast<size_t>(move.serials.block.value())].moves.push_back(
      move);
  return Put(move);
}

void Credits::MoveBack(const SerialMove& back) {
  auto& moves = blocks_[static_cast<size_t>(back.serials.block.value())].moves;
  TALLY_CHECK(!moves.empty());
  const SerialMove undone = Put(back);
  TALLY_CHECK(moves.back() == undone);
  moves.pop_back();
}

SerialMove Credits::Put(const SerialMove& move) {
  const auto& [block, first, last] = move.serials;
  TALLY_CHECK(first <= last);
  const auto [from, found] = RunAt(block, first);
  const Block::Run before = *found;
  TALLY_CHECK(last <= before.to);
  Erase(block, from);
  if (from < first) {
    Insert(block, from, {.to = first - 1, .status = before.status});
  }
  if (last < before.to) Insert(block, last + 1, before);
  Insert(block, first, {.to = last, .status = move.after});
  return {.serials = move.serials, .after = before.status};
}

void Credits::Insert(BlockIndex index, int64_t from, Block::Run run) {
  auto& runs = blocks_[static_cast<size_t>(index.value())].runs;
  auto right = runs.upper_bound(from);
  if (right != runs.end() && right->first - 1 == run.to &&
      right->second.status == run.status) {
    run.to = right->second.to;
    Erase(index, right->first);
    right = runs.upper_bound(from);
  }
  if (right != runs.begin()) {
    const auto left = std::prev(right);
    if (left->second.to == from - 1 && left->second.status == run.status) {
      from = left->first;
      Erase(index, from);
    }
  }
  runs.emplace(from, run);
  List(index, from, run);
}

void Credits::Erase(BlockIndex index, int64_t from) {
  auto& runs = blocks_[static_cast<size_t>(index.value())].runs;
  const auto run = runs.find(from);
  TALLY_CHECK(run != runs.end());
  Unlist(index, from, run->second);
  runs.erase(run);
}

void Credits::List(BlockIndex index, int64_t from, const Block::Run& run) {
  const Block& block = at(index);
  if (!IsListed(block, run)) return;
  held_[KeyOf(block, run.status.holder)].emplace(
      HeldKey{block.vintage.last, index, from}, run.to);
}

void Credits::Unlist(BlockIndex index, int64_t from, const Block::Run& run) {
  const Block& block = at(index);
  if (!IsListed(block, run)) return;
  const auto held = held_.find(KeyOf(block, run.status.holder));
  TALLY_CHECK(held != held_.end());
  held->second.erase(HeldKey{block.vintage.last, index, from});
  if (held->second.empty()) held_.erase(held);
}

const Held* Credits::HeldBy(const HolderKey& key) const {
  const auto found = held_.find(key);
  return found == held_.end() ? nullptr : &found->second;
}

bool Credits::EvidenceUsed(std::string_view evidence) const {
  return evidence_.contains(std::string(evidence));
}

}  // namespace tally
