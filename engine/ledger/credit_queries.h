// Credits: what parties hold, blocks, and which serials are whose.

#ifndef TALLY_ENGINE_LEDGER_CREDIT_QUERIES_H_
#define TALLY_ENGINE_LEDGER_CREDIT_QUERIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/decimal.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/named_account.h"
#include "engine/model/outcome.h"
#include "engine/model/refusal.h"
#include "engine/state/credit_queries.h"

namespace tally {

// A sum of quantities, which may pass what one quantity can be.
struct WideAmount {
  int128 units = 0;
  int32_t decimals = 0;
  std::string unit;

  std::string ToString() const { return FormatUnits(units, decimals); }
};

// How many credits of a vintage a party has, or had last, in one state.
struct HoldingView {
  std::string party;
  std::string scheme;
  std::string product;
  std::string vintage;  // as it was issued
  CreditState state = CreditState::kUnspecified;
  WideAmount quantity;
  std::optional<Date> last_day;
};

// Filters that are given must all hold.
struct HoldingListQuestion {
  std::string_view party;
  std::string_view scheme;
  std::string_view product;
  CreditState state = CreditState::kUnspecified;  // all
  std::string_view vintage;
  std::optional<Date> as_at;
  PageQuestion page;
};

struct HoldingListAnswer {
  // By party, scheme, product, the vintage's last day and state.
  Page<HoldingView> page;
  // Over all pages, where the question names a product.
  std::optional<WideAmount> total;
};

absl::StatusOr<HoldingListAnswer> ListHoldings(
    const Ledger& ledger, const HoldingListQuestion& question);

// How many serials of a block are in one state.
struct SerialCount {
  CreditState state = CreditState::kUnspecified;
  int64_t serials = 0;
  WideAmount quantity;
};

struct BlockView {
  std::string block;
  std::string scheme;
  std::string product;
  std::string vintage;  // as it was issued
  std::string site;
  std::string issued_to;
  Date issued_on;
  int64_t serials = 0;  // 1 to this
  Amount per_serial;
  WideAmount quantity;
  std::optional<Date> last_day;
  // On the latest business date: kIssued while any serial is usable, else
  // what all share; kUnspecified where they share none.
  CreditState state = CreditState::kUnspecified;
  std::vector<SerialCount> counts;  // on that date, by state
  std::string evidence;
  std::string lot;
  std::string unbundled_from;
  std::vector<Code> flags;  // as of a lot
  bool held = false;
  Position position = -1;
};

struct BlockAnswer {
  Standing standing;
  BlockView block;
};

absl::StatusOr<BlockAnswer> GetBlock(const Ledger& ledger,
                                     std::string_view block);

// Filters that are given must all hold.
struct BlockListQuestion {
  std::string_view issued_to;
  std::string_view scheme;
  std::string_view product;
  std::string_view vintage;
  std::string_view site;
  PageQuestion page;
};

// In order of issue.
absl::StatusOr<Page<BlockView>> ListBlocks(const Ledger& ledger,
                                           const BlockListQuestion& question);

// Serials of one block that share holder and state.
struct CreditsView {
  DrawnSerials serials;
  std::string holder;
  CreditState state = CreditState::kUnspecified;
  std::string redemption;  // that retired them
};

// A block or a party is needed. Serials that were unbundled are listed only
// where their state is asked for: their parts are listed for them.
struct CreditListQuestion {
  std::string_view block;
  std::string_view party;
  CreditState state = CreditState::kUnspecified;  // all
  std::optional<Date> as_at;
  PageQuestion page;
};

// By block in order of issue, then serial.
absl::StatusOr<Page<CreditsView>> ListCredits(
    const Ledger& ledger, const CreditListQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_CREDIT_QUERIES_H_
