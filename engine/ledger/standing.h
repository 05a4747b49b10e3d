// Where the ledger stood when it answered. Every answer carries it.

#ifndef TALLY_ENGINE_LEDGER_STANDING_H_
#define TALLY_ENGINE_LEDGER_STANDING_H_

#include <cstdint>

#include "engine/model/indices.h"

namespace tally {

struct Standing {
  // The newest event that the answer takes into account; all up to it are
  // durable. -1: an empty ledger.
  Position as_of = -1;

  // Leaves of the log's Merkle tree at that position.
  int64_t tree_size() const { return as_of + 1; }

  friend bool operator==(const Standing&, const Standing&) = default;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_STANDING_H_
