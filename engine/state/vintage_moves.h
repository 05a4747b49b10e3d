// Which accounts keep vintages, and what a posting means to them.

#ifndef TALLY_ENGINE_STATE_VINTAGE_MOVES_H_
#define TALLY_ENGINE_STATE_VINTAGE_MOVES_H_

#include <vector>

#include "engine/state/accounts.h"
#include "engine/state/claims.h"
#include "engine/state/plan.h"
#include "engine/state/posting.h"
#include "engine/state/registry.h"
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

// The moves of an account that kept none so far: what each day changed is one
// entry or one use, of the first site and product that count in it.
std::vector<VintageMove> MovesOfDays(const Registry& registry,
                                     const Account& account);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_VINTAGE_MOVES_H_
