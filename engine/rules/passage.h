// Material that passes into a site's books or out of them: what book stock
// (R10, R41, R46) and the percentage of the input (R12, R15) are counted by.
//
// Planners note each passage once, beside its postings. What only changes its
// claim (a downgrade, a booking, entitlement that moves) does not pass.

#ifndef TALLY_ENGINE_RULES_PASSAGE_H_
#define TALLY_ENGINE_RULES_PASSAGE_H_

#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/rules/case.h"
#include "engine/rules/movement.h"
#include "engine/state/claims.h"
#include "engine/state/flows.h"

namespace tally {

struct Passage {
  SiteIndex site;
  // Where it comes from or goes to, on this ledger; else not valid().
  SiteIndex other_site;
  ProductIndex product;
  Quantity quantity;  // below zero out: it came back
  Claims claims;      // that it is held under at the site
};

void NoteIn(Case& c, const Passage& passage);
void NoteOut(Case& c, const Passage& passage);
// All that the movement drew; `to` is where it goes, if on this ledger.
void NoteDrawn(Case& c, const Movement& movement, SiteIndex to = {});

// What the books are corrected by without anything coming or leaving.
void NoteCorrection(Case& c, SiteIndex site, ProductIndex product,
                    Quantity delta);

// The flow that counts for a scheme's percentage at a site on a date.
FlowKey FlowKeyOf(const State& state, SchemeIndex scheme, SiteIndex site,
                  ProductIndex product, Date date);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_PASSAGE_H_
