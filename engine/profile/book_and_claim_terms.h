// How a scheme keeps credits: who issues them, in what unit, how long they
// live, and what retiring them takes.

#ifndef TALLY_ENGINE_PROFILE_BOOK_AND_CLAIM_TERMS_H_
#define TALLY_ENGINE_PROFILE_BOOK_AND_CLAIM_TERMS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/model/terms.h"

namespace tally {

enum class CreditExpiryKind : uint8_t {
  kNone = 1,
  kMonthsFromProduction = 2,  // `count` months after the vintage's last day
  kVintageYears = 3,          // 31 December, `count` years on
  kDateAfterVintage = 4,      // `month`, `day` of the year after
};

struct CreditExpiry {
  CreditExpiryKind kind = CreditExpiryKind::kNone;
  int count = 0;
  int month = 0;
  int day = 0;

  // The last day on which credits of a vintage that ends on `vintage_end` are
  // alive; Date::Max() without expiry.
  Date LastDay(Date vintage_end) const;
};

// A whole issued block becomes one block per part.
struct Unbundling {
  std::vector<std::string> parts;  // in the order of their retirement
  std::vector<std::string> indivisible;

  bool IsIndivisible(std::string_view part) const;
};

enum class AuditSpan : uint8_t { kYear = 1 };

struct AuditLimit {
  Decimal quantity;  // above it a redemption names its audit
  AuditSpan per = AuditSpan::kYear;
};

struct BookAndClaimTerms {
  std::vector<std::string> issuer_site_kinds;  // empty: any
  Decimal unit{.mantissa = 1};                 // of the product, per serial
  CreditExpiry expiry;
  std::optional<int> issue_window_months;
  Ratio prior_vintage_pct{100};
  std::optional<Ratio> attach_ratio;
  std::optional<Unbundling> unbundle;
  std::vector<Purpose> forfeits;  // purposes that booking gives up
  std::optional<AuditLimit> audit_reference_above;
  bool claim_period_ended = false;

  bool MayIssue(std::span<const std::string> site_kinds) const;
  bool Forfeits(Purpose purpose) const;
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_BOOK_AND_CLAIM_TERMS_H_
