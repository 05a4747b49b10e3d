#include "bench/client/stream_poster.h"

#include <utility>

#include "bench/workload/wire_writer.h"
#include "engine/base/check.h"
#include "fmt/format.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

constexpr char kMethod[] = "/tallystick.v1.LedgerService/StreamEvents";

}  // namespace

StreamPoster::StreamPoster(const std::string& server, int lanes, int window)
    : window_(window) {
  for (const auto& channel : Connect(server, lanes)) {
    auto stream = std::make_unique<Stream>();
    stream->lane = static_cast<int>(streams_.size());
    stream->stub = std::make_unique<grpc::GenericStub>(channel);
    stream->calls =
        stream->stub->PrepareCall(&stream->context, kMethod, &queue_);
    stream->calls->StartCall(&stream->started);
    streams_.push_back(std::move(stream));
  }
}

void StreamPoster::Stop() {
  if (stopped_) return;
  stopped_ = true;
  for (const auto& stream : streams_) stream->context.TryCancel();
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

int StreamPoster::events_field() const {
  return v1::StreamEventsRequest::kEventsFieldNumber;
}
int StreamPoster::outcomes_field() const {
  return v1::StreamEventsResponse::kOutcomesFieldNumber;
}

void StreamPoster::Begin(int lane, std::string* request) {
  Stream& stream = *streams_[static_cast<size_t>(lane)];
  WireWriter(request).Number(v1::StreamEventsRequest::kBatchFieldNumber,
                             ++stream.batches);
}

void StreamPoster::Start(int lane, std::string_view request) {
  Stream* const stream = streams_[static_cast<size_t>(lane)].get();
  const MutexLock lock(&mutex_);
  stream->unwritten.push_back(request);
  if (!stream->writing) Write(stream);
}

void StreamPoster::Write(Stream* stream) {
  stream->writing = !stream->unwritten.empty();
  if (!stream->writing) return;
  const std::string_view request = stream->unwritten.front();
  stream->unwritten.pop_front();
  stream->calls->Write(Borrowed(request), &stream->written);
}

Answer StreamPoster::Wait() {
  Answer answer;
  while (true) {
    void* at = nullptr;
    bool ok = false;
    TALLY_CHECK(queue_.Next(&at, &ok));
    if (Take(*static_cast<const Tag*>(at), ok, &answer)) return answer;
  }
}

bool StreamPoster::Take(const Tag& tag, bool ok, Answer* answer) {
  Stream* const stream = tag.stream;
  switch (tag.what) {
    case What::kStarted:
      if (!ok) break;
      stream->calls->Read(&stream->response, &stream->read);
      [[fallthrough]];
    case What::kWritten: {
      // A write that failed is followed by a read that does.
      const MutexLock lock(&mutex_);
      if (ok) Write(stream);
      return false;
    }
    case What::kRead:
      if (!ok) break;
      answer->lane = stream->lane;
      answer->bytes = BytesOf(stream->response);
      stream->calls->Read(&stream->response, &stream->read);
      return true;
    case What::kFinished:
      answer->lane = stream->lane;
      answer->error = fmt::format("a stream ended with code {}: {}",
                                  static_cast<int>(stream->status.error_code()),
                                  stream->status.error_message());
      return true;
  }
  stream->calls->Finish(&stream->status, &stream->finished);
  return false;
}

}  // namespace tally::bench
