// The derived tables as the ledger needs them: in RocksDB beside the log, or
// in memory beside a journal in memory.
//
// Apply(), AddRefusals() and Clear() are called by one thread; everything
// else from any.

#ifndef TALLY_ENGINE_LEDGER_TABLES_H_
#define TALLY_ENGINE_LEDGER_TABLES_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/date.h"
#include "engine/base/uuid.h"
#include "engine/index/entries.h"
#include "engine/index/refusals.h"
#include "engine/index/rows.h"
#include "engine/model/indices.h"
#include "engine/model/quantity.h"

namespace tally {

class Tables {
 public:
  virtual ~Tables() = default;

  // Adds the rows of durable records; a batch starts at or below end().
  virtual absl::Status Apply(const IndexBatch& batch) = 0;
  virtual absl::Status AddRefusals(std::span<const RefusalRow> refusals) = 0;
  // Empties all that follows from the log; end() is 0 again.
  virtual absl::Status Clear() = 0;

  // Makes what was applied survive a crash. Of the thread that applies.
  virtual absl::Status Flush() { return absl::OkStatus(); }

  // Complete for the positions below it.
  virtual Position end() const = 0;
  // The same after a crash, without the log.
  virtual Position stored_end() const { return end(); }
  // Of each id, in their order, where it is.
  virtual absl::StatusOr<std::vector<std::optional<EventIdRow>>> FindEvents(
      std::span<const Uuid> ids) const = 0;
  // What the event at a position did, as EncodeEffects() wrote it; nullopt
  // where nothing was written down.
  virtual absl::StatusOr<std::optional<std::string>> FindEffects(
      Position position) const = 0;
  // The sum of the deltas dated `date` or earlier, of the positions below
  // `known_end`.
  virtual absl::StatusOr<Quantity> BalanceAt(AccountIndex account, Date date,
                                             Position known_end) const = 0;
  virtual absl::StatusOr<StatementPage> ReadStatement(
      const StatementQuery& query) const = 0;
  virtual absl::StatusOr<RefusalPage> ListRefusals(
      const RefusalQuery& query) const = 0;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_TABLES_H_
