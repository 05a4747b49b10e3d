// The percentage method of mass balance (R12, R14, R15): what share of the
// output may carry the claim.

#ifndef TALLY_ENGINE_RULES_PERCENTAGE_H_
#define TALLY_ENGINE_RULES_PERCENTAGE_H_

#include <span>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/mean_ratio.h"
#include "engine/profile/profile.h"
#include "engine/rules/case.h"
#include "engine/state/flows.h"
#include "engine/state/periods.h"
#include "engine/state/state.h"

namespace tally {

// Whether the scheme averages a percentage on a date.
bool UsesPercentage(const Profile& profile);

// The flows of an account that count on a date, and the share of the input
// that was certified.
struct InputPercentage {
  DateRange window;
  std::vector<MonthFlow> months;  // in order
  FlowSums sums;                  // of all months
  MeanRatio share;
};

// The window is the date's month and those before it that the profile counts,
// or the fixed period of the date, up to the date. `pending` are flows that are
// not in the state yet.
InputPercentage PercentageOn(const State& state, const FlowKey& key, Date date,
                             std::span<const FlowChange> pending = {});

// Refuses OVER_INPUT_PCT for a period that ends over the percentage, which
// was let pass inside it.
void CheckPercentageAtClose(Case& c, const PeriodKey& key, Date to);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_PERCENTAGE_H_
