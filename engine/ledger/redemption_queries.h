// Redemptions: what was retired for whom; and how claims are covered by them.

#ifndef TALLY_ENGINE_LEDGER_REDEMPTION_QUERIES_H_
#define TALLY_ENGINE_LEDGER_REDEMPTION_QUERIES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/ledger/credit_queries.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/named_account.h"
#include "engine/model/outcome.h"
#include "engine/model/terms.h"

namespace tally {

struct RedemptionView {
  Uuid redemption;
  std::string holder;
  std::string scheme;
  std::string product;
  Amount quantity;
  std::vector<DrawnSerials> serials;
  std::string beneficiary;
  std::string claim_period;  // as it was stated
  Purpose purpose = Purpose::kUnspecified;
  std::string audit_reference;
  std::string statement;  // the scheme's claim text
  Date redeemed_on;
  Instant recorded_at;
  Position position = -1;
  bool withdrawn = false;
  std::string withdrawal_reason;  // of the first withdrawal
};

struct RedemptionAnswer {
  Standing standing;
  RedemptionView redemption;
};

absl::StatusOr<RedemptionAnswer> GetRedemption(const Ledger& ledger,
                                               const Uuid& redemption);

// Filters that are given must all hold.
struct RedemptionListQuestion {
  std::string_view holder;
  std::string_view scheme;
  std::string_view product;
  std::string_view beneficiary;
  std::string_view claim_period;
  Purpose purpose = Purpose::kUnspecified;  // all
  PageQuestion page;
};

// By position.
absl::StatusOr<Page<RedemptionView>> ListRedemptions(
    const Ledger& ledger, const RedemptionListQuestion& question);

// All are needed.
struct CoverQuestion {
  std::string_view party;
  std::string_view scheme;
  std::string_view product;
  std::string_view claim_period;
};

struct CoverAnswer {
  Standing standing;
  WideAmount claimed;
  WideAmount retired;
  WideAmount uncovered;
};

// By the end of the latest business date.
absl::StatusOr<CoverAnswer> GetCover(const Ledger& ledger,
                                     const CoverQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_REDEMPTION_QUERIES_H_
