#include "engine/rules/process_flow.h"

#include "engine/rules/recognition_rules.h"

namespace tally {

bool IsEligible(const Case& c, const FlowInput& input, ClaimIndex claim) {
  if (!input.claim.valid() || input.neutral) return false;
  const SchemeIndex scheme = SchemeOf(claim);
  ClaimIndex counts_as = input.claim;
  if (SchemeOf(input.claim) != scheme) {
    counts_as = RecognisedAs(
        c, scheme,
        {.claim = input.claim, .product = input.product, .lot = input.lot});
  }
  return counts_as.valid() &&
         c.ProfileOf(scheme).CanDowngrade(ModelOf(counts_as), ModelOf(claim));
}

}  // namespace tally
