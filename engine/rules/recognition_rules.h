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

// What a process takes in, as another scheme may recognise it.
struct Recognisable {
  ClaimIndex claim;
  ProductIndex product;
  LotIndex lot;  // its level counts; not valid(): none
};

// The claim that it counts as under `scheme`; not valid() where that scheme
// does not recognise it.
ClaimIndex RecognisedAs(const Case& c, SchemeIndex scheme,
                        const Recognisable& material);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_RECOGNITION_RULES_H_
