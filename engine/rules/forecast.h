// What is under way to an entitlement: announced by a shipment to one of its
// sites, and not accepted yet.

#ifndef TALLY_ENGINE_RULES_FORECAST_H_
#define TALLY_ENGINE_RULES_FORECAST_H_

#include <cstddef>

#include "engine/base/date.h"
#include "engine/model/quantity.h"
#include "engine/rules/case.h"
#include "engine/state/periods.h"
#include "engine/state/state.h"

namespace tally {

// Shipped by a day and in transit; of each site the latest `looked_at_max`
// shipments are looked at.
int128 Announced(const State& state, const PeriodKey& key, Date by,
                 size_t looked_at_max);

// The figures of SHORT_IN_PERIOD: how far below zero the event leaves the
// account, and what the period will hold at its end from what is under way.
void AddShortFigures(Case& c);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_FORECAST_H_
