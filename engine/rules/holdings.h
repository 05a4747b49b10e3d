// Postings to holdings: which account a quantity belongs to, what can be
// taken from it, and the double entry itself.

#ifndef TALLY_ENGINE_RULES_HOLDINGS_H_
#define TALLY_ENGINE_RULES_HOLDINGS_H_

#include <cstdint>
#include <string_view>

#include "engine/model/indices.h"
#include "engine/model/quantity.h"
#include "engine/rules/case.h"
#include "engine/rules/movement.h"
#include "engine/state/accounts.h"
#include "engine/state/posting.h"

namespace tally {

// A place for stock or entitlement.
struct Place {
  SiteIndex site;
  ProductIndex product;
  ClaimSetIndex claims = kNoClaims;
  LotIndex lot;
  // Counts for entitlement that is kept by origin country alone.
  uint16_t origin = 0;
};

// The scope among those of a site that a profile asks for.
ScopeIndex ScopeOf(const Site& site, AccountScope scope);

// A country's two letters as AccountKey has them; 0 for none.
uint16_t OriginCode(std::string_view country);

// Whether the claim's entitlement is kept by origin country (R40).
bool MatchesOrigin(const Case& c, ClaimIndex claim);

// The key of the account: a mass-balance claim's scope and pool are what the
// profile says, everything else is kept by site and product.
AccountKey KeyOf(const State& state, Date date, const Place& place);

// The account of a key, planned anew where there is none yet.
AccountIndex AccountOf(Case& c, const AccountKey& key);

// The set of these claims, planned anew where there is none yet. Claims that
// are not valid() are left out.
ClaimSetIndex SetOf(Case& c, const Claims& claims);

// The claims of a set, planned ones included.
Claims MembersAt(const Case& c, ClaimSetIndex set);

// The index that a lot gets when it is planned as the next new one.
LotIndex NextLot(const Case& c);

// What can be taken from an account on the event's date without leaving it
// below zero then or on any later date, after what is posted so far, and
// without what is withheld since a void.
Quantity Available(const Case& c, AccountIndex account);

// Posts to an account; refuses OVERFLOW where a balance would pass 2^63 - 1.
// The site is where it moves, for entitlement that several sites share.
void Post(Case& c, AccountIndex account, SiteIndex site, ProductIndex product,
          Quantity delta);
void Post(Case& c, Boundary boundary, ProductIndex product, Quantity delta);

// Posts to an account on another date than the event's: what expires.
void PostDated(Case& c, const Posting& posting);

// Takes the movement's quantity from its holding: the lot it names, else the
// pool; stock under the named claim alone first, then stock that is under
// others too. Fills its draws; writes down a shortfall.
void Take(Case& c, size_t movement);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_HOLDINGS_H_
