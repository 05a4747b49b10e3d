// Credits at the points where other rules meet them.

#ifndef TALLY_TESTS_REFERENCE_CREDITS_H_
#define TALLY_TESTS_REFERENCE_CREDITS_H_

#include <string>

#include "tests/reference/account.h"
#include "tests/reference/plan.h"

namespace tally::reference {

// R46 at the checkpoint: credits held against the party's stock at the
// period's last day.
void CheckAttachRatioAtClose(const World& world, const Period& period,
                             Plan* plan);

// What a party redeemed for a claim period.
Rational RetiredFor(const World& world, const std::string& party,
                    const std::string& scheme, const std::string& product,
                    const Span& claim_period);
// What it declared for one.
Rational DeclaredFor(const World& world, const std::string& party,
                     const std::string& scheme, const std::string& product,
                     const Span& claim_period);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_CREDITS_H_
