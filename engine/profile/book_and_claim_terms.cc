#include "engine/profile/book_and_claim_terms.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tally {
namespace {

// 29 February is 28 February in a common year.
Date DayOfYear(int year, int month, int day) {
  const Date last = Date::FromCivil(year, month, 1).MonthEnd();
  return day > last.day() ? last : Date::FromCivil(year, month, day);
}

}  // namespace

Date CreditExpiry::LastDay(Date vintage_end) const {
  switch (kind) {
    case CreditExpiryKind::kNone:
      return Date::Max();
    case CreditExpiryKind::kMonthsFromProduction:
      return vintage_end.AddMonths(count);
    case CreditExpiryKind::kVintageYears:
      return Date::FromCivil(vintage_end.year() + count, 12, 31);
    case CreditExpiryKind::kDateAfterVintage:
      return DayOfYear(vintage_end.year() + 1, month, day);
  }
  TALLY_CHECK(false);
}

bool Unbundling::IsIndivisible(std::string_view part) const {
  return std::ranges::find(indivisible, part) != indivisible.end();
}

bool BookAndClaimTerms::MayIssue(
    std::span<const std::string> site_kinds) const {
  if (issuer_site_kinds.empty()) return true;
  return std::ranges::find_first_of(site_kinds, issuer_site_kinds) !=
         site_kinds.end();
}

bool BookAndClaimTerms::Forfeits(Purpose purpose) const {
  return std::ranges::find(forfeits, purpose) != forfeits.end();
}

}  // namespace tally
