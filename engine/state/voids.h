// Events that turned out false, and what came of them.
//
// A void is one entry here, however much descends from the event: whether a
// lot or a block does is asked when somebody wants to move it. The walk to a
// lot's ancestors goes back no further than the oldest void that the lot was
// not asked about yet, and what it finds is kept with each lot that it met,
// so that all questions together look at each lot once for a void.
//
// Reaches() may be called by many threads; everything else by one, alone.

#ifndef TALLY_ENGINE_STATE_VOIDS_H_
#define TALLY_ENGINE_STATE_VOIDS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/state/credits.h"
#include "engine/state/lots.h"

namespace tally {

struct VoidedEvent {
  Position event = -1;  // that turned out false
  Position by = -1;     // the event that says so
  Date date;            // from which it is reversed
};

class Voids {
 public:
  Voids() = default;
  Voids(const Voids&) = delete;
  Voids& operator=(const Voids&) = delete;

  int32_t size() const { return static_cast<int32_t>(voids_.size()); }
  // In order of arrival.
  const VoidedEvent& at(int32_t place) const {
    return voids_[static_cast<size_t>(place)].voided;
  }
  bool Contains(Position event) const { return places_.contains(event); }
  // The void of an event, or by an event; nullptr where there is none.
  const VoidedEvent* Find(Position event) const;
  const VoidedEvent* FindBy(Position by) const;

  // The event is not void yet.
  void Add(const VoidedEvent& voided);
  void RemoveLast();

  // Whether a void event made the lot, or a lot that it was made from.
  bool Reaches(const Lots& lots, LotIndex lot) const;
  // Whether a void event made the block, the lot that it was booked from, or
  // the block that it is a part of.
  bool Reaches(const Lots& lots, const Credits& credits,
               BlockIndex block) const;

 private:
  friend struct SnapshotAccess;

  // A number that no other void ever had, not one that was taken back either.
  using Stamp = int64_t;
  struct Entry {
    VoidedEvent voided;
    Stamp stamp = 0;
    // The first event that this void or a later one is about.
    Position first_from_here = 0;
  };
  // What is known of a lot, in one number.
  struct Finding {
    Stamp stamp = 0;  // the void that reaches it, or up to which none does
    bool reached = false;
  };
  class Walk;

  static int64_t Pack(Finding finding) {
    return finding.stamp * 2 + (finding.reached ? 1 : 0);
  }
  static Finding Unpack(int64_t packed) {
    return {.stamp = packed / 2, .reached = packed % 2 != 0};
  }
  bool IsThere(Stamp stamp) const;
  // The first event that a void after `stamp` is about.
  Position FirstAfter(Stamp stamp) const;

  std::vector<Entry> voids_;  // by stamp
  absl::flat_hash_map<Position, int32_t> places_;
  Stamp next_stamp_ = 1;
};

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_VOIDS_H_
