// One WatchEvents call: events from a position on, first those in the log,
// then each as it becomes durable.
//
// It reads on from the log when the client has taken what was sent before, on
// a worker thread: a slow client costs the ledger nothing. It lives until gRPC
// and its worker are both done with it.

#ifndef TALLY_SERVICES_EVENT_WATCH_H_
#define TALLY_SERVICES_EVENT_WATCH_H_

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/base/mutex.h"
#include "engine/ledger/subscription.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/gate.h"
#include "services/ledger_source.h"
#include "services/long_calls.h"
#include "services/turns.h"
#include "services/worker_pool.h"

namespace tally::services {

// Which events: owns its text.
struct WatchQuestion {
  Position from = 0;
  std::vector<int> kinds;
  std::string party;
  std::string site;
  Caller caller;
  Gate* gate = nullptr;  // must outlive the watch
};

class EventWatch final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                         public LongCall,
                         public std::enable_shared_from_this<EventWatch> {
 public:
  // Both pointers must outlive it.
  static EventWatch* Start(LedgerAccess access, WatchQuestion question,
                           WorkerPool* workers, LongCalls* calls);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void Beat() override;
  void Drain() override;

 private:
  using Time = std::chrono::steady_clock::time_point;

  EventWatch(LedgerAccess access, WatchQuestion question, WorkerPool* workers,
             LongCalls* calls);

  // More is durable. Called by the ledger: leaves the rest to a worker.
  void Wake();
  void EndWith(const absl::Status& status);
  // On a worker: reads on from the log into `written_`.
  void ReadOn();
  void Advance();
  void Step();

  const LedgerAccess access_;
  const WatchQuestion question_;
  WorkerPool* const workers_;
  LongCalls* const calls_;
  Turns turns_;
  std::shared_ptr<EventWatch> self_;  // until gRPC is done
  std::unique_ptr<Subscription> subscription_;
  grpc::ByteBuffer written_;  // by the worker, then while writing

  Mutex mutex_;
  Position next_ TALLY_GUARDED_BY(mutex_);  // not looked at so far
  bool woken_ TALLY_GUARDED_BY(mutex_) = false;
  bool reading_ TALLY_GUARDED_BY(mutex_) = false;
  bool unsent_ TALLY_GUARDED_BY(mutex_) = false;  // `written_` is to be sent
  bool writing_ TALLY_GUARDED_BY(mutex_) = false;
  // So that the client knows from the start that it is being served.
  bool beat_due_ TALLY_GUARDED_BY(mutex_) = true;
  bool finished_ TALLY_GUARDED_BY(mutex_) = false;
  Time last_sent_ TALLY_GUARDED_BY(mutex_);
  absl::Status end_ TALLY_GUARDED_BY(mutex_);  // OK: not ended
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_EVENT_WATCH_H_
