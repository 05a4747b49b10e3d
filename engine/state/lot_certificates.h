// What a certificate's later fate says of lots that were made before it was
// known.

#ifndef TALLY_ENGINE_STATE_LOT_CERTIFICATES_H_
#define TALLY_ENGINE_STATE_LOT_CERTIFICATES_H_

#include "engine/model/indices.h"
#include "engine/state/state.h"

namespace tally {

// Whether a certificate of one of the lot's schemes, covering the site where
// it was made, was suspended, withdrawn or terminated afterwards with effect
// from the lot's own date or before. It undoes nothing: the lot is flagged.
bool WasMadeUncertified(const State& state, LotIndex lot);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_LOT_CERTIFICATES_H_
