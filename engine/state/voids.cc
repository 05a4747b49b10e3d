#include "engine/state/voids.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "engine/base/check.h"

namespace tally {

const VoidedEvent* Voids::Find(Position event) const {
  const auto found = places_.find(event);
  return found == places_.end() ? nullptr : &at(found->second);
}

const VoidedEvent* Voids::FindBy(Position by) const {
  const auto found = std::partition_point(
      voids_.begin(), voids_.end(),
      [by](const Entry& entry) { return entry.voided.by < by; });
  if (found == voids_.end() || found->voided.by != by) return nullptr;
  return &found->voided;
}

void Voids::Add(const VoidedEvent& voided) {
  const bool fresh = places_.emplace(voided.event, size()).second;
  TALLY_CHECK(fresh);
  voids_.push_back({.voided = voided,
                    .stamp = next_stamp_++,
                    .first_from_here = voided.event});
  for (size_t i = voids_.size() - 1; i-- > 0;) {
    if (voids_[i].first_from_here <= voided.event) break;
    voids_[i].first_from_here = voided.event;
  }
}

void Voids::RemoveLast() {
  TALLY_CHECK(!voids_.empty());
  places_.erase(voids_.back().voided.event);
  voids_.pop_back();
  Position first = std::numeric_limits<Position>::max();
  for (size_t i = voids_.size(); i-- > 0;) {
    first = std::min(first, voids_[i].voided.event);
    if (voids_[i].first_from_here == first) break;
    voids_[i].first_from_here = first;
  }
}

bool Voids::IsThere(Stamp stamp) const {
  const auto found = std::partition_point(
      voids_.begin(), voids_.end(),
      [stamp](const Entry& entry) { return entry.stamp < stamp; });
  return found != voids_.end() && found->stamp == stamp;
}

Position Voids::FirstAfter(Stamp stamp) const {
  const auto found = std::partition_point(
      voids_.begin(), voids_.end(),
      [stamp](const Entry& entry) { return entry.stamp <= stamp; });
  return found == voids_.end() ? std::numeric_limits<Position>::max()
                               : found->first_from_here;
}

// One walk from a lot to its ancestors, depth first, with a stack of its own:
// a lineage may be longer than a thread's stack.
class Voids::Walk {
 public:
  Walk(const Voids& voids, const Lots& lots)
      : voids_(voids), lots_(lots), latest_(voids.voids_.back().stamp) {}

  bool Run(LotIndex start) {
    const std::optional<Finding> known = Enter(start);
    if (known) return known->reached;
    while (!path_.empty()) {
      Step& step = path_.back();
      const std::vector<Parent>& parents = lots_.at(step.lot).parents;
      if (step.next == parents.size()) {
        Note(step.lot, {.stamp = latest_});
        path_.pop_back();
        continue;
      }
      const LotIndex parent = parents[step.next++].lot;
      // What came before every void that this lot was not asked about makes
      // no difference.
      if (!parent.valid() || lots_.at(parent).position < step.first) continue;
      const std::optional<Finding> above = Enter(parent);
      if (above && above->reached) {
        for (const Step& below : path_) Note(below.lot, *above);
        return true;
      }
    }
    return false;
  }

 private:
  struct Step {
    LotIndex lot;
    Position first = 0;  // the oldest event to look for
    size_t next = 0;     // the parent to look at
  };

  // What is known of a lot without a walk; else it is put on the path.
  std::optional<Finding> Enter(LotIndex lot) {
    const Lot& entered = lots_.at(lot);
    const auto made_by = voids_.places_.find(entered.position);
    if (made_by != voids_.places_.end()) {
      const size_t place = static_cast<size_t>(made_by->second);
      return Finding{.stamp = voids_.voids_[place].stamp, .reached = true};
    }
    const Finding known =
        Unpack(lots_.finding(lot).load(std::memory_order_relaxed));
    if (known.reached) {
      if (voids_.IsThere(known.stamp)) return known;
    } else if (known.stamp >= latest_) {
      return known;
    }
    const Stamp asked = known.reached ? 0 : known.stamp;
    const Position first = voids_.FirstAfter(asked);
    if (entered.position < first) return Finding{.stamp = latest_};
    path_.push_back({.lot = lot, .first = first});
    return std::nullopt;
  }

  void Note(LotIndex lot, Finding finding) {
    lots_.finding(lot).store(Pack(finding), std::memory_order_relaxed);
  }

  const Voids& voids_;
  const Lots& lots_;
  const Stamp latest_;
  std::vector<Step> path_;
};

bool Voids::Reaches(const Lots& lots, LotIndex lot) const {
  return !voids_.empty() && Walk(*this, lots).Run(lot);
}

bool Voids::Reaches(const Lots& lots, const Credits& credits,
                    BlockIndex index) const {
  if (voids_.empty()) return false;
  const Block& block = credits.at(index);
  if (Contains(block.position)) return true;
  if (block.lot.valid() && Reaches(lots, block.lot)) return true;
  return block.IsPart() && Reaches(lots, credits, block.unbundled_from);
}

}  // namespace tally
