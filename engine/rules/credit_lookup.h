// Finds and reads what book-and-claim events name. What is not there or
// malformed is refused; the result is then not valid() or nullopt.

#ifndef TALLY_ENGINE_RULES_CREDIT_LOOKUP_H_
#define TALLY_ENGINE_RULES_CREDIT_LOOKUP_H_

#include <optional>
#include <string_view>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/profile/book_and_claim_terms.h"
#include "engine/rules/case.h"
#include "engine/rules/field_path.h"

namespace tally {

// `kind` is the event's: fields are "transfer_credits.scheme" and the like.

// A scheme that has credits on the event's date; UNKNOWN_MODEL where it has
// none.
SchemeIndex FindCreditScheme(Case& c, std::string_view kind,
                             std::string_view name);

// A vintage or a claim period.
std::optional<DateRange> ReadPeriod(Case& c, const FieldPath& field,
                                    std::string_view text);

// What one serial of the product stands for under the scheme; nullopt, and
// INVALID_QUANTITY, where the product's decimals cannot tell it.
std::optional<Quantity> ReadUnit(Case& c, std::string_view kind,
                                 SchemeIndex scheme, ProductIndex product);

// A quantity of credits: a multiple of the unit.
std::optional<Quantity> ReadCredits(Case& c, std::string_view kind,
                                    const Decimal& quantity, SchemeIndex scheme,
                                    ProductIndex product);

inline const BookAndClaimTerms& TermsOf(const Case& c, SchemeIndex scheme) {
  return c.ProfileOf(scheme).book_and_claim;
}

inline std::string_view NameOf(const Case& c, PartyIndex party) {
  return c.state.registry().party_names.NameOf(party);
}

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CREDIT_LOOKUP_H_
