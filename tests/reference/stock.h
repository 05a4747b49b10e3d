// Taking quantity out of accounts and putting it in.

#ifndef TALLY_TESTS_REFERENCE_STOCK_H_
#define TALLY_TESTS_REFERENCE_STOCK_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/reference/account.h"
#include "tests/reference/plan.h"

namespace tally::reference {

// A quantity that an event names to take.
struct Take {
  std::string site;
  std::string product;
  std::optional<Claim> claim;
  std::string lot;
  std::string origin;
  Units quantity = 0;
  Cause cause = Cause::kShip;
  std::string shipment;
};

// Posts the quantity out of the account named, from stock under the claim
// alone first, and answers which holdings it came from. What is missing is
// posted too and found by CheckBalances. Also checks that the lot may be named
// so, and that nothing holds the stock.
std::vector<Piece> Draw(const World& world, const Take& take, Plan* plan);

// R19, R01, R22: the claim under which a lot is named at a site.
void CheckLotName(const World& world, const Take& take, Plan* plan);

// Hold, void and taint: what may not leave.
void CheckFree(const World& world, const std::string& site,
               const std::string& product, const std::string& lot, Plan* plan);

// Whether claims and lot fit together: IP is in lots, mass balance is not.
void CheckLotForm(const World& world, const ClaimSet& claims, bool has_lot,
                  Plan* plan);
// The country that a mass-balance entry or line must state; empty elsewhere.
std::string OriginFor(const World& world, const ClaimSet& claims,
                      const Traits& traits, Plan* plan);

// No holding that the event posts to passes what a quantity can be.
void CheckRange(const World& world, Plan* plan);

// After everything is posted: no account below zero, none past the maximum.
void CheckBalances(const World& world, Plan* plan);

}  // namespace tally::reference

#endif  // TALLY_TESTS_REFERENCE_STOCK_H_
