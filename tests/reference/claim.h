// A claim (scheme and model), the order of the models, and the set of claims
// that one quantity can carry at once.

#ifndef TALLY_TESTS_REFERENCE_CLAIM_H_
#define TALLY_TESTS_REFERENCE_CLAIM_H_

#include <compare>
#include <set>
#include <string>
#include <string_view>

namespace tally::reference {

inline constexpr std::string_view kIdentityPreserved = "IDENTITY_PRESERVED";
inline constexpr std::string_view kSegregated = "SEGREGATED";
inline constexpr std::string_view kControlledBlending = "CONTROLLED_BLENDING";
inline constexpr std::string_view kMassBalance = "MASS_BALANCE";
inline constexpr std::string_view kBookAndClaim = "BOOK_AND_CLAIM";
inline constexpr std::string_view kConventional = "CONVENTIONAL";

// 0 for the strictest model; models stand in this order everywhere.
inline int Looseness(std::string_view model) {
  if (model == kIdentityPreserved) return 0;
  if (model == kSegregated) return 1;
  if (model == kControlledBlending) return 2;
  if (model == kMassBalance) return 3;
  return 4;
}

struct Claim {
  std::string scheme;
  std::string model;

  friend auto operator<=>(const Claim&, const Claim&) = default;
};

// Empty for conventional material; several when one quantity is certified
// under more than one scheme (`also`).
using ClaimSet = std::set<Claim>;

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_CLAIM_H_
