// Reads `models.BOOK_AND_CLAIM` of a profile. The caller finishes the reader.

#ifndef TALLY_ENGINE_PROFILE_PARSE_BOOK_AND_CLAIM_H_
#define TALLY_ENGINE_PROFILE_PARSE_BOOK_AND_CLAIM_H_

#include "engine/profile/book_and_claim_terms.h"
#include "engine/profile/object_reader.h"

namespace tally {

void ParseBookAndClaim(ObjectReader* reader, BookAndClaimTerms* terms);

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_PARSE_BOOK_AND_CLAIM_H_
