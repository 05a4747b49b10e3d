#include "tools/tally/stream_upload.h"

#include <algorithm>
#include <string>
#include <utility>

#include "fmt/format.h"

namespace tally::cli {

namespace v1 = tallystick::v1;

StreamUpload::StreamUpload(const Connection* connection,
                           const std::vector<PlacedEvent>* events,
                           std::function<size_t(size_t)> batch_size,
                           std::function<void(size_t)> on_progress)
    : events_(*events),
      batch_size_(std::move(batch_size)),
      on_progress_(std::move(on_progress)),
      timeout_(connection->timeout()),
      stub_(v1::LedgerService::NewStub(connection->channel())) {
  connection->Prepare(&context_);
}

Upload StreamUpload::Run() {
  stream_ = stub_->PrepareAsyncStreamEvents(&context_, &queue_);
  ++under_way_;
  stream_->StartCall(Tag(Step::kStart));
  while (under_way_ > 0) Await();
  if (!gave_up_) upload_.status = end_;
  if (upload_.status.ok() && upload_.outcomes.size() < events_.size()) {
    upload_.status = {grpc::StatusCode::DATA_LOSS,
                      fmt::format("the stream ended after {} of {} events",
                                  upload_.outcomes.size(), events_.size())};
  }
  return std::move(upload_);
}

void StreamUpload::Await() {
  void* tag = nullptr;
  bool ok = false;
  // A call that was given up ends at once: no step is waited for in vain.
  const auto deadline = gave_up_ ? std::chrono::system_clock::time_point::max()
                                 : std::chrono::system_clock::now() + timeout_;
  if (queue_.AsyncNext(&tag, &ok, deadline) ==
      grpc::CompletionQueue::GOT_EVENT) {
    --under_way_;
    Done(static_cast<Step>(reinterpret_cast<intptr_t>(tag)), ok);
  } else {
    GiveUp(grpc::StatusCode::DEADLINE_EXCEEDED,
           fmt::format("no answer within {} ms", timeout_.count()));
  }
}

void StreamUpload::Done(Step step, bool ok) {
  switch (step) {
    case Step::kStart:
    case Step::kRead:
      if (!ok) {
        ++under_way_;
        stream_->Finish(&end_, Tag(Step::kEnd));
        return;
      }
      if (step == Step::kRead) Take();
      Read();
      Write();
      return;
    case Step::kWrite:
      writing_ = false;
      // What keeps a batch from being written ends the reading, too.
      if (ok) Write();
      return;
    case Step::kWritesDone:
    case Step::kEnd:
      return;
  }
}

void StreamUpload::Read() {
  ++under_way_;
  stream_->Read(&response_, Tag(Step::kRead));
}

void StreamUpload::Write() {
  if (writing_ || all_written_ || gave_up_) return;
  if (sent_ == events_.size()) {
    all_written_ = true;
    ++under_way_;
    stream_->WritesDone(Tag(Step::kWritesDone));
    return;
  }
  if (unanswered_.size() >= window_) return;
  const size_t count = batch_size_(sent_);
  request_.Clear();
  request_.set_batch(++batch_);
  for (size_t i = sent_; i < sent_ + count; ++i) {
    *request_.add_events() = events_[i].event;
  }
  sent_ += count;
  unanswered_.push_back(count);
  writing_ = true;
  ++under_way_;
  stream_->Write(request_, Tag(Step::kWrite));
}

void StreamUpload::Take() {
  if (gave_up_) return;
  const int64_t expected =
      batch_ - static_cast<int64_t>(unanswered_.size()) + 1;
  if (unanswered_.empty() || response_.batch() != expected ||
      static_cast<size_t>(response_.outcomes_size()) != unanswered_.front()) {
    GiveUp(grpc::StatusCode::DATA_LOSS,
           fmt::format("batch {} was answered with {} outcomes as batch {}",
                       expected, response_.outcomes_size(), response_.batch()));
    return;
  }
  unanswered_.pop_front();
  window_ = static_cast<size_t>(std::max(1, response_.window_batches()));
  upload_.outcomes.insert(upload_.outcomes.end(), response_.outcomes().begin(),
                          response_.outcomes().end());
  if (on_progress_) on_progress_(upload_.outcomes.size());
}

void StreamUpload::GiveUp(grpc::StatusCode code, const std::string& reason) {
  gave_up_ = true;
  upload_.status = {code, reason};
  context_.TryCancel();
}

}  // namespace tally::cli
