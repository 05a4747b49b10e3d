// The account that open_period and close_period name.

#ifndef TALLY_ENGINE_RULES_PERIOD_ACCOUNT_H_
#define TALLY_ENGINE_RULES_PERIOD_ACCOUNT_H_

#include <optional>
#include <string_view>

#include "engine/model/event.h"
#include "engine/rules/case.h"
#include "engine/state/periods.h"

namespace tally {

// The key of the account on a date, by the profile in force then; none where
// something of it is unknown, which is then refused. `kind` is the event's
// name, for messages.
std::optional<PeriodKey> FindPeriodAccount(Case& c, std::string_view kind,
                                           const PeriodAccount& account,
                                           Date date);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_PERIOD_ACCOUNT_H_
