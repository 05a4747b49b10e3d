#include "engine/rules/expiry.h"

#include <algorithm>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/rules/certificate_gaps.h"
#include "engine/rules/credit_postings.h"
#include "engine/rules/entitlements.h"
#include "engine/rules/holdings.h"
#include "engine/state/vintage_moves.h"

namespace tally {
namespace {

struct Ending {
  AccountIndex account;
  ClaimIndex claim;
  bool posted = false;  // the event posts to it; else it only ends otherwise
};
using Endings = absl::InlinedVector<Ending, 4>;

void AddEnding(const Case& c, AccountIndex account, Endings* endings) {
  // Accounts that exist say at once that they have no end.
  const bool known = account.value() < c.state.accounts().size();
  if (known && VintagesAt(c, account) == nullptr) return;
  for (const Ending& ending : *endings) {
    if (ending.account == account) return;
  }
  const ClaimIndex claim =
      EndingClaim(c.state.schemes(), MembersAt(c, KeyAt(c, account).claims));
  if (claim.valid()) endings->push_back({account, claim, true});
}

// The accounts whose certificate gaps an event may change.
void AddConcerned(const Case& c, Endings* endings) {
  if (std::holds_alternative<std::monostate>(c.plan.registry_change)) return;
  const SchemeIndex scheme = SchemeConcerned(c.state, c.plan);
  for (const ScopeIndex scope : ScopesConcerned(c.state, c.plan)) {
    for (const AccountIndex index : c.state.accounts().OfScope(scope)) {
      if (VintagesAt(c, index) == nullptr) continue;
      const ClaimIndex claim =
          EndingClaim(c.state.schemes(), MembersAt(c, KeyAt(c, index).claims));
      if (claim.valid() && SchemeOf(claim) == scheme) {
        endings->push_back({index, claim});
      }
    }
  }
}

// The accounts of a scheme that a new version gives an end, or another one.
void AddOfNewVersion(const Case& c, Endings* endings) {
  const auto* defined = std::get_if<NewScheme>(&c.plan.registry_change);
  if (defined == nullptr) return;
  const SchemeIndex scheme = c.state.schemes().Find(defined->profile->scheme);
  if (!scheme.valid()) return;
  const ClaimIndex entitlement = ClaimOf(scheme, Model::kMassBalance);
  for (int32_t i = 0; i < c.state.accounts().size(); ++i) {
    const AccountIndex index(i);
    const AccountKey& key = c.state.accounts().at(index).key;
    if (key.kind != AccountKind::kHolding ||
        !c.state.claim_sets().Contains(key.claims, entitlement)) {
      continue;
    }
    const ClaimIndex claim =
        EndingClaim(c.state.schemes(), MembersAt(c, key.claims), &c.plan);
    if (claim == entitlement) endings->push_back({index, claim});
  }
}

// The claims that are left when one is taken off.
ClaimSetIndex Without(Case& c, ClaimSetIndex claims, ClaimIndex claim) {
  Claims rest = MembersAt(c, claims);
  rest.erase(std::remove(rest.begin(), rest.end(), claim), rest.end());
  return SetOf(c, rest);
}

void Reschedule(Case& c, const Ending& ending) {
  const AccountKey key = KeyAt(c, ending.account);
  const std::vector<VintageMove> moves = MovesOf(c, ending.account);
  const VintageTerms terms =
      TermsOf(c.state, c.date, key, ending.claim, &c.plan);
  const VintageHistory history = PlayVintages(terms, moves);
  const Vintages* vintages = VintagesAt(c, ending.account);
  ExpirySchedule change = history.expired;
  if (vintages != nullptr) {
    for (const auto& [when, quantity] : vintages->schedule()) {
      const bool fits = change[when].Subtract(quantity);
      TALLY_CHECK(fits);
    }
  }
  for (const auto& [when, quantity] : change) {
    if (quantity.IsZero()) continue;
    StripClaim(c, ending.account, ending.claim, when, quantity);
  }
  if (!ending.posted) return;
  for (const Vintage& vintage : history.left) {
    if (vintage.last_day >= c.date) WarnOfExpiry(c, vintage.last_day);
  }
}

}  // namespace

void StripClaim(Case& c, AccountIndex account, ClaimIndex claim,
                const ExpiryKey& where, Quantity quantity) {
  const AccountKey key = KeyAt(c, account);
  const AccountKey bare = KeyOf(c.state, c.date,
                                {.site = where.site,
                                 .product = where.product,
                                 .claims = Without(c, key.claims, claim),
                                 .origin = key.origin});
  Posting off{.account = account,
              .product = where.product,
              .date = where.date,
              .delta = quantity.Negated(),
              .site = where.site,
              .expiry = where.why};
  Posting on = off;
  on.account = AccountOf(c, bare);
  on.delta = quantity;
  // Under a further claim that can end, too, it is an entry like any other.
  if (KeepsVintages(c.state.schemes(), MembersAt(c, bare.claims))) {
    on.expiry = Expiry::kNone;
  }
  PostDated(c, off);
  PostDated(c, on);
}

void PlanExpiry(Case& c) {
  if (!c.verdict.accepted()) return;
  Endings endings;
  for (const Posting& posting : c.plan.postings) {
    if (posting.account.valid()) AddEnding(c, posting.account, &endings);
  }
  AddConcerned(c, &endings);
  AddOfNewVersion(c, &endings);
  for (const Ending& ending : endings) Reschedule(c, ending);
}

}  // namespace tally
