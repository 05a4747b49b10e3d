// The percentage method: what share of the output may carry the claim.

#ifndef TALLY_TESTS_REFERENCE_PERCENTAGE_H_
#define TALLY_TESTS_REFERENCE_PERCENTAGE_H_

#include "tests/reference/account.h"
#include "tests/reference/plan.h"

namespace tally::reference {

// Certified over all input of the account's window on a date, in per cent.
Rational InputPercentage(const View& view, const Account& account, Date date);

// R12, R14 for what the plan's claimed lines sell.
void CheckPercentage(const World& world, Plan* plan);

// R12 at a close that was allowed to be over inside the period.
void CheckPercentageAtClose(const World& world, const Account& account,
                            const Period& period, Plan* plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_PERCENTAGE_H_
