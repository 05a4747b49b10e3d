// What an accepted event adds to the derived tables.

#ifndef TALLY_ENGINE_LEDGER_PLAN_ROWS_H_
#define TALLY_ENGINE_LEDGER_PLAN_ROWS_H_

#include "engine/index/rows.h"
#include "engine/state/plan.h"

namespace tally {

// `event` is the one at the end of `rows`.
void AddRows(const EventIdRow& event, const Plan& plan, IndexBatch* rows);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PLAN_ROWS_H_
