// Reads `models.MASS_BALANCE` of a profile. The caller finishes the reader.

#ifndef TALLY_ENGINE_PROFILE_PARSE_MASS_BALANCE_H_
#define TALLY_ENGINE_PROFILE_PARSE_MASS_BALANCE_H_

#include "engine/profile/mass_balance_terms.h"
#include "engine/profile/object_reader.h"

namespace tally {

void ParseMassBalance(ObjectReader* reader, MassBalanceTerms* terms);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PARSE_MASS_BALANCE_H_
