// How a ledger is opened. Everything it needs from the world is handed in.

#ifndef TALLY_ENGINE_LEDGER_LEDGER_OPTIONS_H_
#define TALLY_ENGINE_LEDGER_LEDGER_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "engine/base/clock.h"
#include "engine/base/sha256.h"
#include "engine/base/uuid.h"
#include "engine/ledger/signing_options.h"
#include "engine/ledger/snapshot_figures.h"
#include "engine/model/indices.h"
#include "engine/model/limits.h"

namespace tally {

// How far opening has come.
struct RecoveryProgress {
  Position next = 0;  // the position that is replayed next
  Position end = 0;   // all before it are in the log
  int64_t elapsed_micros = 0;
};

// How opening went.
struct OpeningFacts {
  // The state is from a snapshot up to here; 0: from the log alone.
  Position snapshot_end = 0;
  // Why snapshots were left out.
  std::vector<std::string> left_out;
  Position replayed = 0;  // records
  int64_t elapsed_micros = 0;
};

struct SnapshotOptions {
  // A new one is begun once so many events are durable that the newest does
  // not have. 0: none is made while the ledger runs.
  int64_t interval_events = 1'000'000;
  // How many are kept; at least 1.
  int64_t keep = 2;
  // Whether one is made when the ledger is closed.
  bool at_close = true;
  // Called after each attempt to make one, from the thread that made it and
  // without locks. May be empty.
  std::function<void(const SnapshotFigures&)> on_made = {};
};

// Who runs the steps of the commit pipeline.
enum class Threading : uint8_t {
  // The ledger's own threads.
  kOwnThreads,
  // Whoever calls Ledger::RunUntilIdle(), RunStep() or Post(): for
  // simulations, and for ledgers that live inside one thread of a program.
  kCallerRuns,
};

// The steps of the commit pipeline, for who runs them one by one. Between two
// of them a ledger with threads of its own may be found at any time.
enum class PipelineStep : uint8_t {
  kDecide,    // what waits in the queue, as far as the group has room
  kHandOver,  // the group to the writer, if that is idle
  kWrite,     // append, publish and answer what was handed over
};

struct LedgerOptions {
  // Of the RocksDB directories; made where it is missing. Empty: in memory.
  std::string directory;
  // The identity of a ledger that is created; an existing one keeps its own.
  Uuid new_ledger = UuidOfName("ledger");
  // Must outlive the ledger.
  const Clock* clock = nullptr;
  // No short and no overdraw, whatever a profile permits.
  bool strict = false;
  // Whether batches may set their own recorded_at: for tests alone.
  bool allow_recorded_at = false;
  // How the log's tree heads are signed. Default: not at all.
  SigningOptions signing;
  // Fresh random bytes that records' salts are made of. Without them records
  // have none, and one with few possible contents can be guessed from its leaf
  // hash.
  std::optional<Sha256Digest> salt_seed;
  Threading threading = Threading::kOwnThreads;
  // Of the state, so that opening need not replay the whole log.
  SnapshotOptions snapshots;
  int64_t queued_events_max = kQueuedEventsMax;
  int64_t queued_bytes_max = kQueuedBytesMax;
  int64_t group_events_max = kGroupEventsMax;
  int64_t group_bytes_max = kGroupBytesMax;
  // Called now and then while opening, and once at its end.
  absl::AnyInvocable<void(const RecoveryProgress&)> on_recovery;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_LEDGER_OPTIONS_H_
