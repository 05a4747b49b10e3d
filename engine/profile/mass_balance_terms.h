// How a scheme keeps mass balance: the account, its periods, what may be
// short, what is carried over, and how a percentage is averaged.
//
// Percentages here and in the other terms are in per cent: "20" is Ratio(20).

#ifndef TALLY_ENGINE_PROFILE_MASS_BALANCE_TERMS_H_
#define TALLY_ENGINE_PROFILE_MASS_BALANCE_TERMS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/decimal.h"

namespace tally {

enum class MassBalanceMethod : uint8_t { kCredit = 1, kPercentage = 2 };

// Whose sites share one account.
enum class AccountScope : uint8_t {
  kSite = 1,
  kScopeGroup = 2,
  kParty = 3,
  kCountry = 4,
};

enum class Accounting : uint8_t { kContinuous = 1, kFixedPeriod = 2 };

enum class CarryOverKind : uint8_t {
  kNone = 1,     // expires at the close of its own period
  kPeriods = 2,  // at the close `count` periods later
  kMonths = 3,   // `count` months after its entry
  kUnlimited = 4,
};

struct CarryOver {
  CarryOverKind kind = CarryOverKind::kUnlimited;
  int count = 0;  // of periods or months
};

enum class CarryCap : uint8_t { kNone = 1, kPhysicalStock = 2 };

enum class PercentageAverage : uint8_t {
  kRatioOfSums = 1,
  kMeanOfRatios = 2,
};

// A site kind whose accounting periods have a maximum of their own.
struct SiteKindMonths {
  std::string site_kind;
  int months = 0;
};

struct MassBalanceTerms {
  MassBalanceMethod method = MassBalanceMethod::kCredit;
  AccountScope scope = AccountScope::kSite;
  Accounting accounting = Accounting::kContinuous;
  int period_months = 3;  // at most
  std::vector<SiteKindMonths> period_months_by_site_kind;
  // A period of another length than the one before is on the ledger so many
  // days before it begins; none: any time.
  std::optional<int> period_notice_days;
  // So many days after its last one a period is closed by the ledger; none:
  // by an event alone.
  std::optional<int> close_after_days;
  // Purchases to be delivered within so many months count for a sale, never
  // for a delivery; none: no contracts are kept.
  std::optional<int> contract_months;
  bool allow_short_within_period = false;
  Ratio overdraw_pct;  // of what the period received
  bool overdraw_needs_reason = true;
  CarryOver carry_over;
  CarryCap carry_cap = CarryCap::kNone;
  int window_months = 12;
  PercentageAverage average = PercentageAverage::kRatioOfSums;
  std::optional<Ratio> label_threshold_pct;
  bool entitlement_transfer_allowed = false;

  bool IsFixedPeriod() const { return accounting == Accounting::kFixedPeriod; }
  // The longest period of a site of these kinds: of the kinds named in
  // period_months_by_site_kind the longest counts, else period_months.
  int PeriodMonths(std::span<const std::string> site_kinds) const;
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_MASS_BALANCE_TERMS_H_
