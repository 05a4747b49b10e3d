// R05, R06, R07: an entitlement that goes below zero inside a period.

#ifndef TALLY_ENGINE_RULES_OVERDRAW_H_
#define TALLY_ENGINE_RULES_OVERDRAW_H_

#include <string_view>

#include "engine/model/quantity.h"
#include "engine/rules/case.h"
#include "engine/rules/movement.h"
#include "engine/state/periods.h"

namespace tally {

// Whether an account may give `missing` more than it has. Where it may, the
// warning is planned, and the reason written into the period.
Overdraw JudgeOverdraw(Case& c, const Movement& movement, AccountIndex account,
                       Quantity missing);

// How far below zero an account may be on a date of a period: the share of
// what came in so far, the plan's postings included.
Quantity OverdrawLimit(const Case& c, AccountIndex account,
                       const PeriodKey& key, const Period& period, Date date);

// The reason that an event gives for an overdraw; empty for none.
std::string_view OverdrawReason(const Event& event);

void Warn(Case& c, Warning warning);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_OVERDRAW_H_
