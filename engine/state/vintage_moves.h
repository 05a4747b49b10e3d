// Which accounts keep vintages, and what a posting means to them.

#ifndef TALLY_ENGINE_STATE_VINTAGE_MOVES_H_
#define TALLY_ENGINE_STATE_VINTAGE_MOVES_H_

#include "engine/state/claims.h"
#include "engine/state/plan.h"
#include "engine/state/posting.h"
#include "engine/state/schemes.h"
#include "engine/state/shipments.h"
#include "engine/state/vintages.h"

namespace tally {

// Whether a version of the scheme gives its entitlements periods or an end.
bool KeepsVintages(const Schemes& schemes, SchemeIndex scheme);
// Stock under these claims, of which one is an entitlement of such a scheme.
bool KeepsVintages(const Schemes& schemes, const Claims& claims);

// The move that a posting to an account makes; `shipments` as they stand
// without the plan.
VintageMove MoveOf(const Plan& plan, const Posting& posting,
                   const Shipments& shipments);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_VINTAGE_MOVES_H_
