// What a taking event answers that leaves an account below zero.

#ifndef TALLY_TESTS_REFERENCE_SHORTFALL_H_
#define TALLY_TESTS_REFERENCE_SHORTFALL_H_

#include "tests/reference/account.h"
#include "tests/reference/plan.h"

namespace tally::reference {

// Adds the one code of the shortfall, or the warning where the profile lets
// the account be short. `series` is the account with the event.
void JudgeShortfall(const World& world, const Account& account,
                    const Series& series, Plan* plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_SHORTFALL_H_
