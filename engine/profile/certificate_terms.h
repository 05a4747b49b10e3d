// What a scheme asks of certificates, groups and sources.

#ifndef TALLY_ENGINE_PROFILE_CERTIFICATE_TERMS_H_
#define TALLY_ENGINE_PROFILE_CERTIFICATE_TERMS_H_

#include <cstdint>
#include <optional>

#include "engine/base/decimal.h"

namespace tally {

// From when to when a volume cap counts.
enum class CapYear : uint8_t {
  kCertificate = 1,  // from the certificate's first day and its anniversaries
  kCalendar = 2,
};

// What a suspension does to stock.
enum class SuspendedStock : uint8_t {
  kFreeze = 1,        // nothing in or out
  kSellExisting = 2,  // nothing in
  kQuarantine = 3,    // nothing out
};

struct CertificateTerms {
  bool required = true;
  bool volume_cap = true;
  CapYear cap_year = CapYear::kCertificate;
  SuspendedStock suspended_stock = SuspendedStock::kFreeze;
  bool gap_voids_carry = false;
};

struct GroupTerms {
  std::optional<Ratio> min_compliant_pct;
};

// How long a source's colour lasts; without a value it does not fade.
struct SourceStatusTerms {
  std::optional<int> green_months;  // then blue
  std::optional<int> blue_months;   // then red
};

}  // namespace tally

#endif  // TALLY_ENGINE_PROFILE_CERTIFICATE_TERMS_H_
