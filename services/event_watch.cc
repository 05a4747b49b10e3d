#include "services/event_watch.h"

#include <optional>
#include <utility>

#include "engine/ledger/event_queries.h"
#include "services/errors.h"
#include "services/event_page.h"
#include "services/messages.h"
#include "services/reads.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

// The API promises a sign of life every 30 seconds; Beat() comes every few.
constexpr std::chrono::seconds kSilenceMax(20);

void WriteSignOfLife(Position next, grpc::ByteBuffer* out) {
  v1::WatchEventsResponse response;
  SetStanding(Standing{.as_of = next - 1}, &response);
  WriteMessage(response, out);
}

}  // namespace

EventWatch* EventWatch::Start(LedgerAccess access, WatchQuestion question,
                              WorkerPool* workers, LongCalls* calls) {
  // Not make_shared: the constructor is private.
  std::shared_ptr<EventWatch> watch(
      new EventWatch(std::move(access), std::move(question), workers, calls));
  watch->self_ = watch;
  const absl::Status added =
      calls->Add(watch, watch->question_.caller.principal);
  if (!added.ok()) watch->EndWith(added);
  watch->subscription_ = watch->access_.ledger->Watch(
      [weak = std::weak_ptr<EventWatch>(watch)](Standing /*standing*/) {
        const std::shared_ptr<EventWatch> held = weak.lock();
        if (held != nullptr) held->Wake();
      });
  watch->Advance();
  return watch.get();
}

EventWatch::EventWatch(LedgerAccess access, WatchQuestion question,
                       WorkerPool* workers, LongCalls* calls)
    : access_(std::move(access)),
      question_(std::move(question)),
      workers_(workers),
      calls_(calls),
      next_(question_.from),
      last_sent_(std::chrono::steady_clock::now()) {}

void EventWatch::Wake() {
  {
    MutexLock lock(&mutex_);
    if (woken_ || reading_ || writing_ || finished_) return;
    woken_ = true;
  }
  workers_->Run(question_.caller.principal, [self = shared_from_this()] {
    {
      MutexLock lock(&self->mutex_);
      self->woken_ = false;
    }
    self->Advance();
  });
}

void EventWatch::ReadOn() {
  EventListQuestion question = {.kinds = question_.kinds,
                                .party = question_.party,
                                .site = question_.site};
  {
    MutexLock lock(&mutex_);
    question.from = next_;
  }
  absl::StatusOr<EventListAnswer> answer =
      ListEvents(*access_.ledger, question);
  if (!answer.ok()) EndWith(answer.status());
  v1::WatchEventsResponse response;
  Position next = question.from;
  if (answer.ok()) {
    next = EncodePage(*answer, response.mutable_events());
    // What may be seen is asked anew each time: a binding may have ended.
    EndWith(question_.gate->MayHear(*access_.ledger, question_.caller,
                                    v1::WatchEventsRequest(), &response));
    SetStanding(Standing{.as_of = next - 1}, &response);
  }
  const bool found = response.events_size() > 0;
  if (found) WriteMessage(response, &written_);
  {
    MutexLock lock(&mutex_);
    reading_ = false;
    next_ = next;
    unsent_ = found;
  }
  Advance();
}

void EventWatch::OnWriteDone(bool ok) {
  {
    MutexLock lock(&mutex_);
    writing_ = false;
    last_sent_ = std::chrono::steady_clock::now();
    if (!ok && end_.ok()) end_ = absl::CancelledError("the client went away");
  }
  Advance();
}

void EventWatch::Beat() {
  {
    MutexLock lock(&mutex_);
    const auto silence = std::chrono::steady_clock::now() - last_sent_;
    if (silence >= kSilenceMax) beat_due_ = true;
  }
  Advance();
}

void EventWatch::EndWith(const absl::Status& status) {
  MutexLock lock(&mutex_);
  if (end_.ok()) end_ = status;
}

void EventWatch::OnCancel() {
  EndWith(absl::CancelledError("the call was cancelled"));
  Advance();
}

void EventWatch::Drain() {
  EndWith(Stopping());
  Advance();
}

void EventWatch::OnDone() {
  calls_->Remove(this);
  // Waits for a call of the listener, which is short and needs no gRPC.
  subscription_.reset();
  self_.reset();
}

void EventWatch::Advance() {
  const auto self = shared_from_this();
  turns_.Take([this] { Step(); });
}

void EventWatch::Step() {
  bool read = false;
  bool write = false;
  std::optional<absl::Status> finish;
  {
    MutexLock lock(&mutex_);
    if (finished_ || reading_ || writing_) return;
    if (!end_.ok()) {
      finish = end_;
      finished_ = true;
    } else if (unsent_) {
      unsent_ = false;
      writing_ = write = true;
    } else if (access_.ledger->standing().as_of >= next_) {
      reading_ = read = true;
    } else if (beat_due_) {
      WriteSignOfLife(next_, &written_);
      writing_ = write = true;
    }
    if (write) beat_due_ = false;
  }
  if (read) {
    workers_->Run(question_.caller.principal,
                  [self = shared_from_this()] { self->ReadOn(); });
  }
  if (write) StartWrite(&written_);
  if (finish.has_value()) Finish(ToGrpc(*finish));
}

}  // namespace tally::services
