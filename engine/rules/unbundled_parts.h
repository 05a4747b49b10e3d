// The parts of an unbundled block (R47): named by serials only, each retired
// after those listed before it, an indivisible one moved and retired as a
// whole.

#ifndef TALLY_ENGINE_RULES_UNBUNDLED_PARTS_H_
#define TALLY_ENGINE_RULES_UNBUNDLED_PARTS_H_

#include <string_view>

#include "engine/rules/case.h"
#include "engine/rules/serials.h"

namespace tally {

// ORDER where less than all of an indivisible part is drawn.
void CheckWhole(Case& c, std::string_view kind, const DrawnCredits& drawn);

// ORDER where a serial of a part is retired while the same serial of a part
// listed before it is not: neither earlier, nor earlier in this event.
void CheckRetirementOrder(Case& c, std::string_view kind,
                          const DrawnCredits& drawn);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_UNBUNDLED_PARTS_H_
