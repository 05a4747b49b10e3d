// Accounts by their names, and quantities with their units.

#ifndef TALLY_ENGINE_LEDGER_ACCOUNT_NAMES_H_
#define TALLY_ENGINE_LEDGER_ACCOUNT_NAMES_H_

#include <vector>

#include "engine/model/indices.h"
#include "engine/model/named_account.h"
#include "engine/model/outcome.h"
#include "engine/model/quantity.h"
#include "engine/state/accounts.h"
#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

NamedAccount NameAccount(const State& state, const AccountKey& key);
// By scheme.
std::vector<NamedClaim> NameClaims(const State& state, ClaimSetIndex claims);

Amount AmountOf(const State& state, ProductIndex product, Quantity quantity);

// What a plan, just applied, did to accounts: one a changed account, in the
// order of its first posting.
std::vector<TouchedBalance> TouchedBalances(const State& state,
                                            const Plan& plan);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_ACCOUNT_NAMES_H_
