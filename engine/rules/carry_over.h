// What a period's close leaves: how old entitlement may be to be carried on,
// and how far below zero the close may be.

#ifndef TALLY_ENGINE_RULES_CARRY_OVER_H_
#define TALLY_ENGINE_RULES_CARRY_OVER_H_

#include <optional>
#include <span>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/state/periods.h"
#include "engine/state/state.h"
#include "engine/state/vintage_play.h"

namespace tally {

// What is left of an entry in one of a period's accounts.
struct Remainder {
  AccountIndex account;
  Vintage vintage;
};

// The last day whose entries end at the close of a period; none where the
// close ends nothing.
std::optional<Date> CutoffOf(const State& state, const PeriodKey& key,
                             const Period& period);

// What is left of all entries, oldest first, after every use posted.
std::vector<Remainder> RemaindersOf(const State& state, const PeriodKey& key,
                                    std::span<const AccountIndex> accounts,
                                    Date date);

// What the close would end as things stand, if `announced` came in before.
int128 ExpiringAtClose(const State& state, const PeriodKey& key,
                       const Period& period,
                       std::span<const AccountIndex> accounts,
                       int128 announced);

// The share of what a period received that may be overdrawn, rounded down.
int128 OverdrawShare(const State& state, const PeriodKey& key,
                     const Period& period, int128 received);

}  // namespace tally

#endif  // TALLY_ENGINE_RULES_CARRY_OVER_H_
