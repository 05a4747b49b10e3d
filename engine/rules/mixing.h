// What may be claimed of a mix (R19-R23).

#ifndef TALLY_ENGINE_RULES_MIXING_H_
#define TALLY_ENGINE_RULES_MIXING_H_

#include "engine/rules/case.h"
#include "engine/rules/process_flow.h"

namespace tally {

// Refuses MODEL_UPGRADE, SG_TAINT, CLAIM_LOST, IP_MIX, TAINTED and, where
// only equal values mix, GHG_AVERAGE; for
// controlled blending OVER_INPUT_PCT and BELOW_THRESHOLD.
void CheckMixing(Case& c, const Flow& flow);

// Whether a blend states a higher share than went in.
bool StatesTooHighShare(const Case& c, const Flow& flow,
                        const FlowOutput& output);

// Whether conventional outputs of this mix are tainted: material of unknown
// origin, or mixed with it, under a scheme that holds it against the mix.
bool TaintsConventional(const Case& c, const Flow& flow);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_MIXING_H_
