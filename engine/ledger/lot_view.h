// A lot and its attributes as answers show them.

#ifndef TALLY_ENGINE_LEDGER_LOT_VIEW_H_
#define TALLY_ENGINE_LEDGER_LOT_VIEW_H_

#include <vector>

#include "engine/ledger/lot_queries.h"
#include "engine/model/indices.h"
#include "engine/state/lots.h"
#include "engine/state/state.h"

namespace tally {

LotView ViewLot(const State& state, LotIndex lot);
NamedAttributes ViewAttributes(const LotAttributes& attributes);

// What casts doubt on a lot, or on a block and the lot that it was booked
// from, in the order of the codes' numbers.
std::vector<Code> FlagsOf(const State& state, LotIndex lot);
std::vector<Code> FlagsOf(const State& state, BlockIndex block);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_LOT_VIEW_H_
