// What becomes of entitlement that nobody uses: oldest first it is used, and
// what is left expires after months, at a close, or in a certificate gap.

#ifndef TALLY_TESTS_REFERENCE_EXPIRY_H_
#define TALLY_TESTS_REFERENCE_EXPIRY_H_

#include <vector>

#include "tests/reference/account.h"

namespace tally::reference {

// What entered a mass-balance account on a day and is still unused.
struct Remainder {
  Date entered;
  Holding holding;
  Units left;
};

// Oldest first, after every use posted, whatever its date.
std::vector<Remainder> Remainders(const View& view, const Account& account);

// The postings that follow from dates alone: credit past its months, and what
// a day without certificate ended. Each takes the claim off and leaves the
// quantity where it is.
std::vector<Posting> ExpiryByDate(const View& view);

// Warns when entitlement of an account that the plan touches ends soon.
void WarnOfExpiry(const World& world, Plan* plan);

// The two postings that take the claim of `account` off `quantity`.
std::vector<Posting> StripClaim(const Account& account, const Holding& holding,
                                Units quantity, Date date, Cause cause);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_EXPIRY_H_
