// What a lot carries, against what an event says of it.

#ifndef TALLY_ENGINE_RULES_LOT_CLAIMS_H_
#define TALLY_ENGINE_RULES_LOT_CLAIMS_H_

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/decimal.h"
#include "engine/model/event.h"
#include "engine/rules/case.h"
#include "engine/rules/field_path.h"
#include "engine/rules/movement.h"
#include "engine/state/lots.h"

namespace tally {

// Whether the lot or any of its ancestors was made under a claim of the
// scheme.
bool EverCarried(const State& state, LotIndex lot, SchemeIndex scheme);

// A line may state of its lot what the lot has or worse: a higher share is
// MODEL_UPGRADE, a lower greenhouse gas value GHG_AVERAGE, a better source
// status SOURCE_STATUS, a higher level LEVEL.
void CheckStatedAgainstLot(Case& c, const Movement& movement,
                           const std::optional<Decimal>& claims_share,
                           const Attributes& stated);

// The same against attributes that were put together from several lots.
void CheckStated(Case& c, SchemeIndex scheme, const FieldPath& field,
                 const LotAttributes& carried,
                 const std::optional<Decimal>& carried_share,
                 const std::optional<Decimal>& stated_share,
                 const Attributes& stated);

// Refuses INVALID_ARGUMENT where the scheme of the claim wants its segregated
// stock in lots and none is named.
void CheckLotNamed(Case& c, const FieldPath& field, ClaimIndex claim,
                   std::string_view lot);

// Refuses INVALID_ARGUMENT for a level that the claim's scheme does not list.
void CheckLevelKnown(Case& c, ClaimIndex claim, const FieldPath& field,
                     const Attributes& stated);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_LOT_CLAIMS_H_
