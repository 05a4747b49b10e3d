// Statements: every posting of an account, with the balance before and after.

#ifndef TALLY_ENGINE_LEDGER_STATEMENT_QUERIES_H_
#define TALLY_ENGINE_LEDGER_STATEMENT_QUERIES_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/ledger/balance_queries.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/page.h"
#include "engine/model/named_account.h"

namespace tally {

struct StatementQuestion {
  BalanceQuestion account;   // its as_at is not looked at
  std::optional<Date> from;  // none: the first one posted
  std::optional<Date> to;    // none: the latest one
  PageQuestion page;
};

struct StatementEntry {
  Position position = -1;
  Uuid event;
  int kind = 0;  // of the event, as Event::kind()
  Date date;     // on which it counts
  Instant recorded_at;
  Amount delta;
  Amount balance;  // after it, in the order of the statement
  std::string document;
  std::string shipment;
  std::string lot;
};

struct StatementAnswer {
  // By business date, then position.
  Page<StatementEntry> page;
  Balance opening;  // before `from`
  Balance closing;  // at the end of `to`
};

absl::StatusOr<StatementAnswer> GetStatement(const Ledger& ledger,
                                             const StatementQuestion& question);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_STATEMENT_QUERIES_H_
