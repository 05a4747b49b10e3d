// One StreamEvents call: batches in, answers out, in the same order.
//
// At most `window` batches are unanswered; then it reads no further, and the
// transport holds the client back. A batch for which the ledger has no room
// waits here and is submitted again; meanwhile nothing is read either. It
// lives until gRPC and the ledger are both done with it.

#ifndef TALLY_SERVICES_EVENT_STREAM_H_
#define TALLY_SERVICES_EVENT_STREAM_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "engine/base/mutex.h"
#include "engine/ledger/batch.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/gate.h"
#include "services/ledger_source.h"
#include "services/long_calls.h"
#include "services/messages.h"
#include "services/turns.h"
#include "services/wire/views.h"

namespace tally::services {

class EventStream final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
      public LongCall,
      public std::enable_shared_from_this<EventStream> {
 public:
  struct Options {
    RequestLimits limits;
    int window_batches = 16;
  };

  // Starts to read. `gate` and `calls` must outlive it.
  static EventStream* Start(Caller caller, LedgerAccess access,
                            const Options& options, Gate* gate,
                            LongCalls* calls);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void Beat() override {}
  void Drain() override;

 private:
  using Request = Received<wire::view::StreamEventsRequest>;

  // A batch that was taken, until its answer is written.
  struct Taken {
    std::shared_ptr<const Request> request;
    std::optional<grpc::ByteBuffer> answer;
    absl::Status failure;
  };

  EventStream(Caller caller, LedgerAccess access, const Options& options,
              Gate* gate, LongCalls* calls);

  // Reads what came into a batch.
  absl::Status Take();
  // Hands a batch to the ledger, now or when it has room.
  void Submit(const std::shared_ptr<Taken>& taken);
  void SubmitLater(const std::shared_ptr<Taken>& taken);
  bool IsFinished();
  void Settle(const std::shared_ptr<Taken>& taken, BatchResult result);
  // No more is read; the call ends so when all taken before is answered.
  void EndWith(const absl::Status& status);
  // Does what can be done now.
  void Advance();
  void Step();

  const Caller caller_;
  const LedgerAccess access_;
  const Options options_;
  Gate* const gate_;
  LongCalls* const calls_;
  Turns turns_;
  std::shared_ptr<EventStream> self_;  // until gRPC is done
  grpc::ByteBuffer read_;              // used while reading
  grpc::ByteBuffer written_;           // used while writing
  int64_t next_batch_ = 1;             // used by the reading reaction

  Mutex mutex_;
  std::deque<std::shared_ptr<Taken>> taken_ TALLY_GUARDED_BY(mutex_);
  bool reading_ TALLY_GUARDED_BY(mutex_) = false;
  bool writing_ TALLY_GUARDED_BY(mutex_) = false;
  bool waiting_for_room_ TALLY_GUARDED_BY(mutex_) = false;
  bool ended_ TALLY_GUARDED_BY(mutex_) = false;  // nothing more is read
  bool cancelled_ TALLY_GUARDED_BY(mutex_) = false;
  bool finished_ TALLY_GUARDED_BY(mutex_) = false;
  absl::Status end_ TALLY_GUARDED_BY(mutex_);
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_EVENT_STREAM_H_
