// What may still be done with a shipment on a date.

#ifndef TALLY_ENGINE_RULES_TRANSIT_H_
#define TALLY_ENGINE_RULES_TRANSIT_H_

#include "engine/rules/case.h"

namespace tally {

// Refuses UPSTREAM_VOID where the event that sent it is void, TIME_ORDER before
// the shipment left, NOT_CONFIRMED when it lapsed or the last day to confirm is
// over, SHIPMENT_STATE when it ended otherwise.
void CheckInTransit(Case& c, ShipmentIndex shipment);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_TRANSIT_H_
