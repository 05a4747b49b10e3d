// Balances of holdings and entitlements, at the end of a business date, as
// known at a position.
//
// Names that are not there are NOT_FOUND; an account in which nothing was
// ever posted shows zero.

#ifndef TALLY_ENGINE_LEDGER_BALANCE_QUERIES_H_
#define TALLY_ENGINE_LEDGER_BALANCE_QUERIES_H_

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/claim.h"
#include "engine/model/named_account.h"

namespace tally {

struct BalanceQuestion {
  // Any site of the scope, where the account is a scope's.
  std::string_view site;
  std::string_view product;
  // Without scheme: conventional stock.
  std::string_view scheme;
  Model model = Model::kConventional;
  // Empty: the pool and all lots together.
  std::string_view lot;
  // None: after the latest business date posted.
  std::optional<Date> as_at;
  // Only what events up to this position posted. None: all.
  std::optional<Position> as_known_at;
};

struct Balance {
  NamedAccount account;
  Amount amount;
  Date as_at;
};

struct BalanceAnswer {
  Standing standing;
  Balance balance;
};

absl::StatusOr<BalanceAnswer> GetBalance(const Ledger& ledger,
                                         const BalanceQuestion& question);

// Filters that are given must all hold. Accounts at zero are left out.
struct BalanceListQuestion {
  std::string_view party;
  std::string_view site;  // its own, and the scopes that it belongs to
  std::string_view product;
  std::string_view scheme;
  // kConventional: stock without a claim.
  std::optional<Model> model;
  std::string_view lot;
  std::optional<Date> as_at;
  std::optional<Position> as_known_at;
  // One balance a lot, instead of one for the pool and all lots.
  bool by_lot = false;
  PageQuestion page;
};

// By scope in the order in which they became known, then by product or group,
// claim and lot. A page looks at a bounded number of scopes.
absl::StatusOr<Page<Balance>> ListBalances(const Ledger& ledger,
                                           const BalanceListQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_BALANCE_QUERIES_H_
