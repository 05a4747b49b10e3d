// Accounting periods: the mass-balance sheet of one, and a site's list.
//
// An open period comes with a forecast: what it will hold at its end, from
// what is under way to it and what is going to expire.

#ifndef TALLY_ENGINE_LEDGER_PERIOD_QUERIES_H_
#define TALLY_ENGINE_LEDGER_PERIOD_QUERIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/named_account.h"
#include "engine/state/periods.h"

namespace tally {

struct PeriodLineView {
  int kind = 0;  // of event; 0: what expired by itself
  Amount received;
  Amount delivered;
};

struct PeriodForecast {
  Amount announced;  // under way to the account, not accepted yet
  Amount expiring;   // from now to the end, at the close included
  Amount closing;    // what the period will hold at its end
  Amount shippable;  // the most that can still leave in the period
};

struct PeriodView {
  NamedAccount account;
  Period period;  // its figures as of now, where it is open
  Amount opening;
  Amount closing;
  Amount expired;
  std::vector<PeriodLineView> lines;       // by kind
  std::optional<PeriodForecast> forecast;  // of an open one
};

struct PeriodQuestion {
  std::string_view site;  // any of its scope
  std::string_view product;
  std::string_view scheme;
  Date from;  // its first day
};

struct PeriodAnswer {
  Standing standing;
  PeriodView period;
};

// NOT_FOUND for a name that is not there, or where no period of the account
// starts on that day.
absl::StatusOr<PeriodAnswer> GetPeriod(const Ledger& ledger,
                                       const PeriodQuestion& question);

// Filters that are given must all hold.
struct PeriodListQuestion {
  std::string_view site;
  std::string_view product;
  std::string_view scheme;
  PeriodState state = PeriodState::kUnspecified;  // all
  PageQuestion page;
};

// By account, in the order in which they had their first period, then by day.
absl::StatusOr<Page<PeriodView>> ListPeriods(
    const Ledger& ledger, const PeriodListQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PERIOD_QUERIES_H_
