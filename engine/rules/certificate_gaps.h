// The days on which a scope had no certificate that is valid or suspended.

#ifndef TALLY_ENGINE_RULES_CERTIFICATE_GAPS_H_
#define TALLY_ENGINE_RULES_CERTIFICATE_GAPS_H_

#include <vector>

#include "engine/base/date.h"
#include "engine/model/indices.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

// By date, from the first day with a certificate on; the last one may run to
// Date::Max(). None where there never was a certificate. With a plan, the
// certificate that it grants, amends or changes the status of counts as it
// will be.
std::vector<DateRange> CertificateGaps(const State& state, SchemeIndex scheme,
                                       ScopeIndex scope,
                                       const Plan* plan = nullptr);

// The scheme of the certificate that the plan changes; not valid() for none.
SchemeIndex SchemeConcerned(const State& state, const Plan& plan);

// The scopes whose gaps the plan's change of a certificate may alter.
std::vector<ScopeIndex> ScopesConcerned(const State& state, const Plan& plan);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CERTIFICATE_GAPS_H_
