// What would make a refused taking pass: said to the one who asked, from the
// account that was asked for and the shipments on their way to it alone.

#ifndef TALLY_ENGINE_RULES_ADVICE_H_
#define TALLY_ENGINE_RULES_ADVICE_H_

#include "engine/model/refusal.h"
#include "engine/rules/case.h"
#include "engine/rules/movement.h"

namespace tally {

// Adds to the message, and as figures, what becomes available when shipments
// are accepted, and from which date on the stock bears what was asked. Adds
// nothing where nothing helps.
void AddAdvice(const Case& c, const Shortfall& shortfall, Refusal* refusal);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_ADVICE_H_
