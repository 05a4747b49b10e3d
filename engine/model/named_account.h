// An account by its names, for answers: outside the engine nobody knows an
// account's index.

#ifndef TALLY_ENGINE_MODEL_NAMED_ACCOUNT_H_
#define TALLY_ENGINE_MODEL_NAMED_ACCOUNT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/decimal.h"
#include "engine/model/claim.h"
#include "engine/model/quantity.h"

namespace tally {

// What an account stands for: what someone has, or a boundary of the ledger
// that quantities come from and go to. Sent by number; never renumber.
enum class AccountTerm : uint8_t {
  kUnspecified = 0,
  kHolding = 1,
  kEntitlement = 2,  // mass balance, of a scope
  kCredits = 3,
  kOrigin = 4,
  kInTransit = 5,
  kLoss = 6,
  kConsumed = 7,
  kConverted = 8,
  kBooked = 9,
  kRetired = 10,
  kExpired = 11,
};

// A claim that owns its text.
struct NamedClaim {
  std::string scheme;
  Model model = Model::kConventional;

  friend auto operator<=>(const NamedClaim&, const NamedClaim&) = default;
};

// What does not apply is empty.
struct NamedAccount {
  AccountTerm term = AccountTerm::kUnspecified;
  std::string party;
  std::string site;     // of holdings, and of a scope that is one site
  std::string scope;    // of an entitlement that several sites share
  std::string product;  // or
  std::string group;    // of an entitlement that several products share
  // By scheme; none: conventional, or a boundary.
  std::vector<NamedClaim> claims;
  std::string lot;
  std::string block;  // of credits
  std::string origin_country;

  friend auto operator<=>(const NamedAccount&, const NamedAccount&) = default;
};

// A quantity with what it takes to write it down.
struct Amount {
  Quantity quantity;
  int32_t decimals = 0;
  std::string unit;  // UN/CEFACT code

  // "-12.50"
  std::string ToString() const {
    return FormatUnits(quantity.units(), decimals);
  }
};

}  // namespace tally

#endif  // TALLY_ENGINE_MODEL_NAMED_ACCOUNT_H_
