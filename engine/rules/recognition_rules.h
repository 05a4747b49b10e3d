// One scheme's claim taken over as another's.

#ifndef TALLY_ENGINE_RULES_RECOGNITION_RULES_H_
#define TALLY_ENGINE_RULES_RECOGNITION_RULES_H_

#include "engine/rules/case.h"

namespace tally {

// The claim of the recognising scheme under which a line arrives. Refuses
// NOT_RECOGNISED where it does not recognise the line's. The level that a
// recognition asks for is met by the lot's, else by that of the sender's
// certificate on the day it was shipped. Conventional material stays so.
ClaimIndex Recognised(Case& c, SchemeIndex as_scheme, const Shipment& shipment,
                      const ShipmentLine& line);

// The claim that material of `claim` counts as under another scheme, without
// regard to level; not valid() where that scheme does not recognise it.
ClaimIndex RecognisedAs(const Case& c, SchemeIndex scheme, ClaimIndex claim,
                        ProductIndex product);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_RECOGNITION_RULES_H_
