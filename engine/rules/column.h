// The column of rules: what holds for events of every kind, looked at in the
// case's movements and plan. Each function is one family and says which rules
// it keeps; each refuses what it finds, and the verdict keeps the first in
// the documented order.

#ifndef TALLY_ENGINE_RULES_COLUMN_H_
#define TALLY_ENGINE_RULES_COLUMN_H_

#include "engine/rules/case.h"

namespace tally {

// poster.cc: ROLE, NOT_AUTHORIZED for an authenticated principal. Runs
// before all else: who has no right learns nothing more.
void CheckPoster(Case& c);
// The party that an event is posted for: its actor, else the only one that an
// authenticated principal is bound to; not valid() where there is none.
PartyIndex ActingParty(const State& state, const Event& event);
// authority.cc: UNKNOWN_PARTY for an actor that is not known. Runs before the
// planner, as all that is unknown comes before what planners refuse.
void CheckActor(Case& c);
// authority.cc: R32 ROLE, NOT_AUTHORIZED. Who may post this, where the event
// names its actor.
void CheckAuthority(Case& c);
// certificate_rules.cc: R29, R30, R31, R33. Also fills Movement::certificate.
void CheckCertificates(Case& c);
// caps.cc: R28. Needs Movement::certificate; fills Movement::cap_draws and
// plans the use.
void CheckCaps(Case& c);
// hold_rules.cc: HELD; what is tainted or void does not leave (R23, R52).
void CheckHolds(Case& c);
// entry.cc: R37, how late an event may be recorded.
void CheckEntry(Case& c);
// period_rules.cc: NO_PERIOD, PERIOD_CLOSED.
void CheckPeriods(Case& c);
// source_rules.cc: R54. Also gives the lots of an origination their colour.
void CheckSources(Case& c);
// lot_rules.cc: R19, R22, R01 for a lot named under another claim than it has.
void CheckLots(Case& c);
// percentage.cc: R12, R14 for what leaves under a percentage account's claim.
void CheckPercentages(Case& c);
// shortfall.cc: R02, R13, R34, R35 and the other reasons of a shortfall.
void CheckShortfalls(Case& c);
// attribute_rules.cc: R26, what was claimed by itself. Plans the uses.
void CheckAttributes(Case& c);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_COLUMN_H_
