// Material that leaves a holding, possibly under a less strict model than it
// is held under: what a shipment's line, a downgrade and the end of a chain
// have in common.

#ifndef TALLY_ENGINE_RULES_OUTGOING_H_
#define TALLY_ENGINE_RULES_OUTGOING_H_

#include <optional>
#include <string>
#include <vector>

#include "engine/model/claim.h"
#include "engine/rules/case.h"
#include "engine/rules/field_path.h"

namespace tally {

// Refuses MODEL_UPGRADE unless the scheme's downgrades lead from the claim's
// model to `to`, UNKNOWN_MODEL where the scheme has no such model.
// Conventional is below everything; nothing is above it.
void CheckDowngrade(Case& c, ClaimIndex claim, Model to,
                    const FieldPath& field);

// The claim after a downgrade; not valid() for conventional.
ClaimIndex Downgraded(ClaimIndex claim, Model to);

// Moves what was drawn on to the same stock under the less strict claim: each
// draw's account gives, and becomes, the account it went to. A lot keeps its
// id, except as mass balance or conventional, where it ends.
void PostDowngrade(Case& c, size_t movement);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_OUTGOING_H_
