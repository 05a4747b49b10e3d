// What the close of a period makes of its account: what it came to, what is
// carried into the next one, and what expires.

#ifndef TALLY_ENGINE_RULES_CLOSE_ACCOUNT_H_
#define TALLY_ENGINE_RULES_CLOSE_ACCOUNT_H_

#include "engine/model/event.h"
#include "engine/rules/case.h"
#include "engine/state/periods.h"

namespace tally {

// Plans the expiry and the closed period; refuses a deficit that nothing
// permits (R06, R07) and entitlement that is left with a holder who makes no
// claims (R56).
void CloseAccount(Case& c, const PeriodKey& key, const Period& period,
                  const ClosePeriod& close);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CLOSE_ACCOUNT_H_
