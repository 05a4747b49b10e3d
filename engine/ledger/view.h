// What a reader sees for as long as it reads: the state that all durable
// events up to `standing` add up to.

#ifndef TALLY_ENGINE_LEDGER_VIEW_H_
#define TALLY_ENGINE_LEDGER_VIEW_H_

#include "engine/base/date.h"
#include "engine/ledger/standing.h"
#include "engine/state/state.h"

namespace tally {

struct View {
  const State& state;
  Standing standing;
  // The latest business date of an event; Date::Min() where there is none.
  Date latest_date;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_VIEW_H_
