// How much of an account's balance is withheld since a void.

#ifndef TALLY_ENGINE_STATE_WITHHELD_H_
#define TALLY_ENGINE_STATE_WITHHELD_H_

#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/state/state.h"

namespace tally {

// For an event of `date`; rounded up, never in favour of the claim. Of each
// withholding the part that is still owed where most is.
Quantity Withheld(const State& state, AccountIndex account, Date date);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_WITHHELD_H_
