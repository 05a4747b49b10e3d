// Which accounts answer a question for a balance: the pool and the lots of
// one claim at a site, or the entitlement that the site shares, together with
// stock that is under other claims as well.

#ifndef TALLY_ENGINE_LEDGER_HOLDINGS_OF_H_
#define TALLY_ENGINE_LEDGER_HOLDINGS_OF_H_

#include <vector>

#include "absl/status/statusor.h"
#include "engine/ledger/balance_queries.h"
#include "engine/ledger/view.h"
#include "engine/model/indices.h"
#include "engine/model/named_account.h"

namespace tally {

struct HoldingsOf {
  NamedAccount account;  // what they are together
  ProductIndex product;
  std::vector<AccountIndex> accounts;
};

// NOT_FOUND for a name that is not there.
absl::StatusOr<HoldingsOf> FindHoldings(const View& view,
                                        const BalanceQuestion& question);

// The sum of what accounts show at the end of a date, of the latest
// business date where none is asked for.
absl::StatusOr<Quantity> SumNow(const View& view,
                                const std::vector<AccountIndex>& accounts,
                                std::optional<Date> as_at);
// The same of what was known before `known_end`; not to be called with the
// state locked.
absl::StatusOr<Quantity> SumKnown(const Ledger& ledger,
                                  const std::vector<AccountIndex>& accounts,
                                  Date as_at, Position known_end);

// The end of what is known at a position that was asked for.
// INVALID_ARGUMENT below zero.
absl::StatusOr<Position> KnownEnd(const View& view,
                                  std::optional<Position> as_known_at);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_HOLDINGS_OF_H_
