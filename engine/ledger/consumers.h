// Where a lot and what was made of it ended up: with whom it was consumed,
// who outside this ledger received it, and who has it in stock.

#ifndef TALLY_ENGINE_LEDGER_CONSUMERS_H_
#define TALLY_ENGINE_LEDGER_CONSUMERS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "engine/ledger/apportion.h"
#include "engine/ledger/ledger.h"
#include "engine/ledger/lot_walk.h"
#include "engine/ledger/standing.h"

namespace tally {

struct Consumers {
  // By name, in units of the lot that the walk started from.
  std::map<std::string, FineQuantity> shares;
  // There are more postings than are looked at.
  bool truncated = false;
};

// `walk` went downstream from `start`.
absl::StatusOr<Consumers> FindConsumers(const Ledger& ledger,
                                        const LotWalk& walk, LotIndex start,
                                        Standing standing);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_CONSUMERS_H_
