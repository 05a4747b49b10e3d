// Copies the beginning of a log into a new one: the records byte for byte, so
// the tree is the same; the groups anew, so nothing is left of what came after.

#ifndef TALLY_ENGINE_LEDGER_LOG_COPY_H_
#define TALLY_ENGINE_LEDGER_LOG_COPY_H_

#include "absl/status/status.h"
#include "engine/log/rocks_journal.h"
#include "engine/model/indices.h"

namespace tally {

// The first `end` records, and what was signed of them. `to` is empty.
absl::Status CopyLog(const RocksJournal& from, Position end, RocksJournal* to);

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_LOG_COPY_H_
