// Lots: one by its id, with what it was made with and what it carries.

#ifndef TALLY_ENGINE_LEDGER_LOT_QUERIES_H_
#define TALLY_ENGINE_LEDGER_LOT_QUERIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/ledger/ledger.h"
#include "engine/model/named_account.h"
#include "engine/model/refusal.h"
#include "engine/model/terms.h"

namespace tally {

struct NamedAttributes {
  std::string origin_country;
  std::optional<Decimal> ghg;
  std::string level;
  SourceStatus source_status = SourceStatus::kUnspecified;
};

struct LotView {
  std::string lot;
  std::string product;
  Amount quantity;                 // that it was made with
  std::vector<NamedClaim> claims;  // that it was made under
  std::vector<std::string> parents;
  std::vector<std::string> tags;
  NamedAttributes attributes;
  std::optional<Decimal> claims_share;
  // What casts doubt on it: kTainted, kUpstreamVoid, kCertSuspended.
  std::vector<Code> flags;
  bool held = false;
  std::string made_at;
  Date made_on;
  Position position = -1;  // of the event that made it
};

struct LotAnswer {
  Standing standing;
  LotView lot;
};

absl::StatusOr<LotAnswer> GetLot(const Ledger& ledger, std::string_view lot);

// What casts doubt on a lot or a credit block; one of them is given.
struct FlagsQuestion {
  std::string_view lot;
  std::string_view block;
};
struct FlagsAnswer {
  Standing standing;
  std::vector<Code> flags;
  bool held = false;
};
absl::StatusOr<FlagsAnswer> GetFlags(const Ledger& ledger,
                                     const FlagsQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_LOT_QUERIES_H_
