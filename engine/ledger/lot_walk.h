// A walk along the lots, level by level, upstream or downstream. It copies
// what it needs, a slice at a time, so that the state is never held for long;
// that is sound because a lot is never edited, and one made while the walk
// goes on is as if it had been made after it.

#ifndef TALLY_ENGINE_LEDGER_LOT_WALK_H_
#define TALLY_ENGINE_LEDGER_LOT_WALK_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/trace_queries.h"
#include "engine/ledger/view.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/state/lots.h"

namespace tally {

// A lot on the walk.
struct WalkedLot {
  LotIndex lot;
  std::string name;
  int32_t depth = 0;
  Quantity made;
  int32_t decimals = 0;  // of its product
  // Its own source, where it has no parents.
  std::string source;
  // The site where it was made, and the party that owns it.
  std::string made_at;
  std::string made_by;
  Position position = -1;  // of the event that made it
  std::vector<Parent> parents;
  // Their quantities in millionths of a unit, so that they compare.
  std::vector<int64_t> weights;
};

class LotWalk {
 public:
  LotWalk(const Ledger* ledger, TraceDirection direction, int32_t max_depth)
      : ledger_(ledger), direction_(direction), max_depth_(max_depth) {}

  // Once, from one lot or from all that an event made.
  void Run(LotIndex start, Position as_of);
  void Run(std::span<const LotIndex> starts, Position as_of);

  // In the order of arrival on the ledger: parents before children.
  const std::vector<WalkedLot>& lots() const { return lots_; }
  // Its place in lots(), or -1.
  int64_t Find(LotIndex lot) const;
  bool truncated() const { return truncated_; }

 private:
  void Level(int32_t depth);
  void Visit(const State& state, LotIndex lot, int32_t depth);
  void Reach(LotIndex lot, int32_t depth);

  const Ledger* const ledger_;
  const TraceDirection direction_;
  const int32_t max_depth_;

  Position as_of_ = -1;
  std::vector<LotIndex> level_;
  std::vector<LotIndex> next_level_;
  absl::flat_hash_map<LotIndex, int64_t> places_;
  std::vector<WalkedLot> lots_;
  bool truncated_ = false;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_LOT_WALK_H_
