// What goes back to the sender: a shipment rejected, recalled or lapsed.

#ifndef TALLY_ENGINE_RULES_RETURNS_H_
#define TALLY_ENGINE_RULES_RETURNS_H_

#include "engine/rules/case.h"

namespace tally {

// Plans the way back of a whole shipment, into the holdings it left from; the
// certified volume it had used up is given back, too.
void PlanReturn(Case& c, ShipmentIndex shipment, ShipmentState state);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_RETURNS_H_
