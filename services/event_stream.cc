#include "services/event_stream.h"

#include <chrono>
#include <string>
#include <utility>

#include "engine/base/status_macros.h"
#include "grpcpp/alarm.h"
#include "services/errors.h"
#include "services/post_batch.h"
#include "services/reads.h"

namespace tally::services {

namespace v1 = tallystick::v1;

EventStream* EventStream::Start(Caller caller, LedgerAccess access,
                                const Options& options, Gate* gate,
                                LongCalls* calls) {
  // Not make_shared: the constructor is private.
  std::shared_ptr<EventStream> stream(new EventStream(
      std::move(caller), std::move(access), options, gate, calls));
  stream->self_ = stream;
  const absl::Status added = calls->Add(stream, stream->caller_.principal);
  if (!added.ok()) stream->EndWith(added);
  stream->Advance();
  return stream.get();
}

EventStream::EventStream(Caller caller, LedgerAccess access,
                         const Options& options, Gate* gate, LongCalls* calls)
    : caller_(std::move(caller)),
      access_(std::move(access)),
      options_(options),
      gate_(gate),
      calls_(calls) {}

void EventStream::OnReadDone(bool ok) {
  bool ended = false;
  {
    MutexLock lock(&mutex_);
    ended = ended_;
  }
  if (!ok) {
    EndWith(absl::OkStatus());
  } else if (!ended) {
    const absl::Status taken = Take();
    if (!taken.ok()) EndWith(taken);
  }
  {
    MutexLock lock(&mutex_);
    reading_ = false;
  }
  Advance();
}

absl::Status EventStream::Take() {
  auto taken = std::make_shared<Taken>();
  ASSIGN_OR_RETURN(taken->request, Request::Read(read_, options_.limits));
  RETURN_IF_ERROR(gate_->MayPost(caller_,
                                 *v1::StreamEventsRequest::descriptor(),
                                 (*taken->request)->events_size()));
  const int64_t batch = (*taken->request)->batch();
  if (batch != next_batch_) {
    return BadField("batch", std::to_string(batch),
                    std::to_string(next_batch_));
  }
  ++next_batch_;
  {
    MutexLock lock(&mutex_);
    taken_.push_back(taken);
  }
  Submit(taken);
  return absl::OkStatus();
}

void EventStream::Submit(const std::shared_ptr<Taken>& taken) {
  const wire::view::StreamEventsRequest& in = **taken->request;
  absl::StatusOr<std::unique_ptr<Batch>> batch =
      ToBatch(in.events(), in.mode(), in.view(), caller_, options_.limits);
  if (!batch.ok()) {
    Settle(taken, {.status = batch.status()});
    return;
  }
  (*batch)->request = taken->request;
  (*batch)->recorded_at = access_.recorded_at;
  const absl::Status submitted = access_.ledger->Submit(
      *std::move(batch),
      [self = shared_from_this(), taken](BatchResult result) {
        self->Settle(taken, std::move(result));
      });
  const bool no_room = absl::IsResourceExhausted(submitted);
  {
    MutexLock lock(&mutex_);
    waiting_for_room_ = no_room;
  }
  if (no_room) {
    SubmitLater(taken);
  } else if (!submitted.ok()) {
    Settle(taken, {.status = submitted});
  }
}

void EventStream::SubmitLater(const std::shared_ptr<Taken>& taken) {
  const auto later = std::chrono::system_clock::now() +
                     std::chrono::milliseconds(kRetryAfterMillis);
  // The alarm is its own until it rings.
  auto alarm = std::make_shared<grpc::Alarm>();
  grpc::Alarm* const setting = alarm.get();
  setting->Set(
      later, [self = shared_from_this(), taken, alarm](bool /*rang*/) mutable {
        alarm.reset();
        if (!self->IsFinished()) self->Submit(taken);
        self->Advance();
      });
}

bool EventStream::IsFinished() {
  MutexLock lock(&mutex_);
  return finished_;
}

void EventStream::Settle(const std::shared_ptr<Taken>& taken,
                         BatchResult result) {
  std::optional<grpc::ByteBuffer> answer;
  if (result.status.ok()) {
    v1::StreamEventsResponse response;
    SetStanding(result.standing, &response);
    const wire::view::StreamEventsRequest& request = **taken->request;
    response.set_batch(request.batch());
    response.set_window_batches(options_.window_batches);
    gate_->HearOutcomes(*access_.ledger, caller_, &result.outcomes);
    gate_->NotePosted(caller_, *v1::StreamEventsRequest::descriptor(),
                      request.events(), result.outcomes);
    std::string bytes = response.SerializeAsString();
    AppendOutcomes(v1::StreamEventsResponse::kOutcomesFieldNumber,
                   result.outcomes, request.events(), &bytes);
    WriteBytes(bytes, &answer.emplace());
  }
  {
    MutexLock lock(&mutex_);
    taken->answer = std::move(answer);
    taken->failure = std::move(result.status);
  }
  Advance();
}

void EventStream::EndWith(const absl::Status& status) {
  MutexLock lock(&mutex_);
  if (ended_) return;
  ended_ = true;
  end_ = status;
}

void EventStream::OnWriteDone(bool ok) {
  {
    MutexLock lock(&mutex_);
    writing_ = false;
    taken_.pop_front();
    if (!ok) cancelled_ = true;
  }
  Advance();
}

void EventStream::OnCancel() {
  {
    MutexLock lock(&mutex_);
    cancelled_ = true;
  }
  Advance();
}

void EventStream::Drain() {
  EndWith(Stopping());
  Advance();
}

void EventStream::OnDone() {
  calls_->Remove(this);
  // The ledger may still hold it; what it answers then goes nowhere.
  self_.reset();
}

void EventStream::Advance() {
  const auto self = shared_from_this();
  turns_.Take([this] { Step(); });
}

void EventStream::Step() {
  bool read = false;
  bool write = false;
  std::optional<absl::Status> finish;
  {
    MutexLock lock(&mutex_);
    if (finished_) return;
    if (!writing_ && !taken_.empty() && !taken_.front()->failure.ok()) {
      finish = taken_.front()->failure;
    } else if (!writing_ && cancelled_) {
      finish = absl::CancelledError("the call was cancelled");
    } else if (!writing_ && !taken_.empty() && taken_.front()->answer) {
      written_ = *std::move(taken_.front()->answer);
      writing_ = write = true;
    } else if (taken_.empty() && ended_) {
      finish = end_;
    }
    finished_ = finish.has_value();
    if (!finished_ && !reading_ && !ended_ && !waiting_for_room_ &&
        taken_.size() < static_cast<size_t>(options_.window_batches)) {
      reading_ = read = true;
    }
  }
  if (read) StartRead(&read_);
  if (write) StartWrite(&written_);
  if (finish.has_value()) Finish(ToGrpc(*finish));
}

}  // namespace tally::services
