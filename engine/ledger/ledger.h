// The ledger: the only face of the engine that services see.
//
// Events are submitted in batches and answered when they are durable. Reads
// see what is durable and nothing else; they neither wait for the writer nor
// hold it up. All methods are safe from any thread.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Ledger> ledger,
//                    Ledger::Open({.directory = dir, .clock = &clock}));
//   BatchResult result = ledger->Post(std::move(batch));
//   auto balance = GetBalance(*ledger, {.site = "mill", .product = "cpo"});
//
// Questions are functions in files of their own: balance_queries.h,
// shipment_queries.h, lot_queries.h and so on.

#ifndef TALLY_ENGINE_LEDGER_LEDGER_H_
#define TALLY_ENGINE_LEDGER_LEDGER_H_

#include <cstdint>
#include <memory>
#include <mutex>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/ledger/batch.h"
#include "engine/ledger/ledger_options.h"
#include "engine/ledger/snapshot_figures.h"
#include "engine/ledger/standing.h"

namespace tally {

class Checkpoints;
class CommitPipeline;
class Follower;
class Reader;
class Snapshotter;
class Subscription;
struct Storage;

struct LedgerHealth {
  // OK while events are taken; else why not.
  absl::Status writes;
  Standing standing;
  int64_t queued_events = 0;
  int64_t queued_bytes = 0;
  SnapshotFigures snapshots;
};

// Counts since the ledger was opened.
struct LedgerFigures {
  int64_t accepted = 0;
  int64_t refused = 0;
  int64_t repeated = 0;
  int64_t groups = 0;  // appended
  int64_t bytes = 0;   // appended
  int64_t append_micros = 0;
};

class Ledger {
 public:
  // Recovers what the directory holds, from its newest snapshot and by replay
  // of what is in the log after that. DATA_LOSS names the place where the log
  // is damaged.
  static absl::StatusOr<std::unique_ptr<Ledger>> Open(LedgerOptions options);
  // The same on a journal and indexes of the caller's.
  static absl::StatusOr<std::unique_ptr<Ledger>> OpenOn(
      std::unique_ptr<Storage> storage, LedgerOptions options);

  // Close()s.
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  // Never blocks. OK: `done` will be called. Else it never is:
  // INVALID_ARGUMENT for an empty or oversize batch, RESOURCE_EXHAUSTED with
  // a hint (retry_hint.h) when the queue is full, UNAVAILABLE when the ledger
  // stopped or is closing.
  absl::Status Submit(std::unique_ptr<Batch> batch, BatchDone done);
  // Submits and waits.
  BatchResult Post(std::unique_ptr<Batch> batch);
  // Lets what is overdue by the clock lapse, as the next event would; for a
  // timer. `done` may be empty.
  absl::Status Tick(BatchDone done);

  // Runs the pipeline on this thread until nothing waits. Of a ledger with
  // Threading::kCallerRuns; by one thread at a time.
  void RunUntilIdle();
  // Runs one step of it; false when there was nothing to do.
  bool RunStep(PipelineStep step);

  // Calls `listener` whenever more is durable and readable, from a thread of
  // the ledger and without locks, until the subscription is destroyed; it
  // must not block. It is told how far, no more: who falls behind reads on
  // from the log at a pace of its own (event_queries.h).
  std::unique_ptr<Subscription> Watch(
      absl::AnyInvocable<void(Standing)> listener);

  Standing standing() const;
  LedgerHealth health() const;
  LedgerFigures figures() const;
  bool strict() const { return strict_; }
  const OpeningFacts& opening() const { return opening_; }

  // Makes a snapshot now of what the derived tables have stored, on the
  // caller's thread. The ledger makes them by itself, too.
  absl::Status MakeSnapshot();

  // The signed heads of its log.
  Checkpoints& checkpoints() const { return *checkpoints_; }

  // For the files of queries.
  const Reader& reader() const { return *reader_; }

  // Takes no more, finishes what it has, makes a last snapshot, ends its
  // threads. Reads go on.
  void Close();

 private:
  Ledger(std::unique_ptr<Storage> storage, const LedgerOptions& options);

  const bool strict_;
  const std::unique_ptr<Storage> storage_;
  const std::unique_ptr<Follower> follower_;
  const std::unique_ptr<Reader> reader_;
  const std::unique_ptr<Checkpoints> checkpoints_;
  const std::unique_ptr<CommitPipeline> pipeline_;
  const std::unique_ptr<Snapshotter> snapshotter_;
  OpeningFacts opening_;
  bool is_open_ = false;  // it was opened, to its end
  std::once_flag closed_;
};

}  // namespace tally

#endif  // TALLY_ENGINE_LEDGER_LEDGER_H_
