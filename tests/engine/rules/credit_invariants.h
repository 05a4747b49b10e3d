// What always holds of credits, whatever was posted.

#ifndef TALLY_TESTS_ENGINE_RULES_CREDIT_INVARIANTS_H_
#define TALLY_TESTS_ENGINE_RULES_CREDIT_INVARIANTS_H_

#include <string>

#include "engine/state/plan.h"
#include "engine/state/state.h"

namespace tally {

// Fails the test unless the plan's postings sum to zero for each product.
void ExpectZeroSums(const Plan& plan);

// Fails the test unless the runs of every block are all of it, the accounts of
// every party agree with them, and no such account was ever below zero.
void ExpectAccountsOfSerials(const State& state);

// Everything that the state knows of credits, as text: equal for states that
// no event could tell apart.
std::string DumpCredits(const State& state);

}  // namespace tally

#endif  // TALLY_TESTS_ENGINE_RULES_CREDIT_INVARIANTS_H_
