// What an accepted event did, as far as a void of it needs to know: what it
// posted, used up and moved. What it made (lots, blocks, a shipment) is found
// by its position. It is written down when the event is accepted, since it
// cannot be worked out again from the event alone, and read again only for a
// void.

#ifndef TALLY_ENGINE_STATE_EFFECTS_H_
#define TALLY_ENGINE_STATE_EFFECTS_H_

#include <vector>

#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

// Serials that an event moved, and what they were before.
struct SerialChange {
  SerialMove move;
  SerialStatus before;

  friend bool operator==(const SerialChange&, const SerialChange&) = default;
};

struct Effects {
  int32_t kind = 0;  // of the event, as in the log
  Date date;
  std::vector<Posting> postings;  // what the event moved, not what expires
  std::vector<StockChange> stock;
  std::vector<FlowChange> flows;
  std::vector<ReasonChange> reasons;
  std::vector<CapChange> caps;
  std::vector<NeedChange> needs;
  std::vector<SerialChange> serials;
  std::vector<CoverChange> covers;
  std::vector<AttachChange> attached;
  std::vector<AttributeUse> attributes;
  std::vector<Delivery> deliveries;
  std::vector<ShipmentIndex> ended;  // shipments

  // Empties it and keeps the memory for the next event.
  void Clear();
};

// The target of a void.
struct VoidTarget {
  Position position = -1;
  Effects effects;
};

// The effects of an event of a kind and date, on the state before its plan is
// applied.
void FindEffects(const State& before, int32_t kind, Date date, const Plan& plan,
                 Effects* effects);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_EFFECTS_H_
