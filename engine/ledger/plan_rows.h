// What an accepted event adds to the derived tables.

#ifndef TALLY_ENGINE_LEDGER_PLAN_ROWS_H_
#define TALLY_ENGINE_LEDGER_PLAN_ROWS_H_

#include <string_view>

#include "engine/index/rows.h"
#include "engine/state/plan.h"

namespace tally {

// `event` is the one at the end of `rows`; `effects` as EncodeEffects() wrote
// them.
void AddRows(const EventIdRow& event, const Plan& plan,
             std::string_view effects, IndexBatch* rows);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PLAN_ROWS_H_
