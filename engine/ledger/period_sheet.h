// Works out what a period came to, and what it will come to.

#ifndef TALLY_ENGINE_LEDGER_PERIOD_SHEET_H_
#define TALLY_ENGINE_LEDGER_PERIOD_SHEET_H_

#include "engine/ledger/period_queries.h"
#include "engine/ledger/view.h"
#include "engine/state/periods.h"

namespace tally {

PeriodView SheetOf(const View& view, const PeriodKey& key,
                   const Period& period);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PERIOD_SHEET_H_
