// A batch: events that are posted together, with the memory that they live
// in, and the answer to them.
//
//   auto batch = std::make_unique<Batch>();
//   batch->events.push_back(
//       {.id = id, .occurred_at = now,
//        .body = batch->arena.New(Ship{.shipment = "S1", …})});

#ifndef TALLY_ENGINE_LEDGER_BATCH_H_
#define TALLY_ENGINE_LEDGER_BATCH_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/ledger/standing.h"
#include "engine/model/event.h"
#include "engine/model/outcome.h"

namespace tally {

// What one refusal means for the other events of a batch.
enum class BatchMode : uint8_t {
  kPerEvent,  // each is decided by itself, after those before it
  kAllOrNone,
};

struct Batch {
  // Hold what the events point to: what was made of the request, and the
  // request itself where they point into it.
  Arena arena;
  std::shared_ptr<const void> request;
  // 1 to kEventsPerRequestMax, decided in this order.
  std::vector<Event> events;
  BatchMode mode = BatchMode::kPerEvent;
  // Decide, but write nothing: positions are then -1.
  bool validate_only = false;
  // Fill Outcome::balances.
  bool want_balances = false;
  // What the ledger's clock shows for this batch; only where the ledger was
  // opened so. A time that has passed counts as just after the last event.
  std::optional<Instant> recorded_at;
  // By the ledger's clock. A batch that is not decided before it is not
  // written: DEADLINE_EXCEEDED.
  std::optional<Instant> deadline;
};

struct BatchResult {
  // OK: there is an outcome for each event. Else nothing is known to be
  // written: UNAVAILABLE where the ledger stopped, and then some of it may
  // be; post the same events again to find out.
  absl::Status status;
  std::vector<Outcome> outcomes;
  Standing standing;
};

// Called once, from a thread of the ledger and without locks, after all that
// the result rests on is durable. It must not block and not post and wait.
using BatchDone = absl::AnyInvocable<void(BatchResult)>;

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_BATCH_H_
