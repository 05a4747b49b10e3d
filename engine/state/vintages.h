// What entered an entitlement and what was used of it, by date: from this
// follows what expires, and when.
//
// An account keeps its moves in order of date; on one day what comes is there
// before what goes. Moves that nothing tells apart are kept as one, so the
// list grows with days and with shipments that may come back. Beside them
// stands the schedule: what postings said so far of expiry that follows from
// dates alone. Not thread-safe.

#ifndef TALLY_ENGINE_STATE_VINTAGES_H_
#define TALLY_ENGINE_STATE_VINTAGES_H_

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/btree_map.h"
#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/state/posting.h"

namespace tally {

enum class MoveKind : uint8_t {
  kEntry = 0,   // new entitlement
  kReturn = 1,  // of a shipment: as old as it was when it left
  kUse = 2,     // oldest first
};

struct VintageMove {
  Date date;
  MoveKind kind = MoveKind::kEntry;
  uint8_t event_kind = 0;
  SiteIndex site;
  ProductIndex product;
  // That took it and may bring it back, or brings it back.
  ShipmentIndex shipment;
  Quantity quantity;   // above zero
  int32_t merged = 1;  // how many postings it stands for
};

// Where and when something expires.
struct ExpiryKey {
  Date date;  // the first day without it
  Expiry why = Expiry::kNone;
  SiteIndex site;
  ProductIndex product;

  friend auto operator<=>(const ExpiryKey&, const ExpiryKey&) = default;
};

using ExpirySchedule = absl::btree_map<ExpiryKey, Quantity>;

class Vintages {
 public:
  std::span<const VintageMove> moves() const { return moves_; }
  const ExpirySchedule& schedule() const { return schedule_; }
  // The date of the latest move; Date::Min() where there is none.
  Date LastDay() const {
    return moves_.empty() ? Date::Min() : moves_.back().date;
  }
  // The moves of these days.
  std::span<const VintageMove> Within(DateRange days) const;

  void Add(const VintageMove& move);
  // Takes back the latest Add() of a move like this one.
  void Remove(const VintageMove& move);
  // Adds to what expires; may be negative. Nothing is left of a zero.
  void Schedule(const ExpiryKey& key, Quantity quantity);

 private:
  friend struct SnapshotAccess;

  std::vector<VintageMove> moves_;  // by date, uses last, then by arrival
  ExpirySchedule schedule_;
};

// Inserts a move where it belongs; the last of its day and sort.
std::vector<VintageMove>::iterator InsertMove(const VintageMove& move,
                                              std::vector<VintageMove>* moves);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_VINTAGES_H_
