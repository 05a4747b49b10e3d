#include "engine/profile/mass_balance_terms.h"

#include <algorithm>

namespace tally {

int MassBalanceTerms::PeriodMonths(
    std::span<const std::string> site_kinds) const {
  int longest = 0;
  for (const SiteKindMonths& entry : period_months_by_site_kind) {
    if (std::ranges::find(site_kinds, entry.site_kind) != site_kinds.end()) {
      longest = std::max(longest, entry.months);
    }
  }
  return longest > 0 ? longest : period_months;
}

}  // namespace tally
