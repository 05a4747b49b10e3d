// Questions about credits: what a party has, and how its claims are covered.

#ifndef TALLY_ENGINE_STATE_CREDIT_QUERIES_H_
#define TALLY_ENGINE_STATE_CREDIT_QUERIES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/indices.h"
#include "engine/state/credits.h"
#include "engine/state/state.h"

namespace tally {

// Of a credit, as at a date. Sent by number; never renumber.
enum class CreditState : uint8_t {
  kUnspecified = 0,
  kIssued = 1,     // usable on that date
  kRetired = 2,    // whatever its last day
  kExpired = 3,    // past its last day, without having been retired
  kWithdrawn = 4,  // by its issuer
  kUnbundled = 5,  // the parts of its block stand for it
};

// The credits of one vintage in one state. Sums are wide: they add up blocks.
struct CreditHolding {
  SchemeIndex scheme;
  ProductIndex product;
  DateRange vintage;
  std::string vintage_text;  // as it was issued
  CreditState state = CreditState::kUnspecified;
  Date last_day = Date::Max();
  int128 quantity = 0;  // above zero
};

// A scheme or product that is not valid() stands for all.
struct CreditFilter {
  PartyIndex party;
  SchemeIndex scheme;
  ProductIndex product;
};

// What a party has, or had last, at the end of a business date: by scheme,
// product, the vintage's last day, its text, state and last day of use.
std::vector<CreditHolding> CreditHoldings(const State& state,
                                          const CreditFilter& filter,
                                          Date as_at);

// All of it in one state; kUnspecified: in any.
int128 CreditTotal(const State& state, const CreditFilter& filter,
                   CreditState in, Date as_at);

struct CoverFigures {
  int128 claimed = 0;
  int128 retired = 0;

  // Not below zero.
  int128 uncovered() const { return claimed > retired ? claimed - retired : 0; }
};

// Claims and retirements whose period lies in `claim_period`, by the end of a
// business date.
CoverFigures CoverOf(const State& state, const HolderKey& key,
                     const DateRange& claim_period, Date as_at);

}  // namespace tally

#endif  // TALLY_ENGINE_STATE_CREDIT_QUERIES_H_
