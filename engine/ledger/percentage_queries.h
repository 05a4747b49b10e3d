// The percentage of certified input that output may claim on a date.

#ifndef TALLY_ENGINE_LEDGER_PERCENTAGE_QUERIES_H_
#define TALLY_ENGINE_LEDGER_PERCENTAGE_QUERIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/standing.h"
#include "engine/model/named_account.h"
#include "engine/profile/mass_balance_terms.h"

namespace tally {

struct PercentageQuestion {
  std::string_view site;  // any of the account's scope
  std::string_view product;
  std::string_view scheme;
  // None: after the latest business date posted.
  std::optional<Date> as_at;
};

struct PercentageMonthView {
  Date month;  // its first day
  std::string certified;
  std::string total;
};

struct PercentageView {
  NamedAccount account;
  Date as_at;
  DateRange window;
  // In per cent, at most nine digits after the point, cut off.
  std::string percentage;
  PercentageAverage average = PercentageAverage::kRatioOfSums;
  std::vector<PercentageMonthView> months;  // with any flow, in order
  std::string unit;
};

struct PercentageAnswer {
  Standing standing;
  PercentageView percentage;
};

// FAILED_PRECONDITION where the scheme does not average a percentage on that
// date.
absl::StatusOr<PercentageAnswer> GetPercentage(
    const Ledger& ledger, const PercentageQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_PERCENTAGE_QUERIES_H_
