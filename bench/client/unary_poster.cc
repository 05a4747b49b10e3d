#include "bench/client/unary_poster.h"

#include <chrono>
#include <utility>

#include "engine/base/check.h"
#include "fmt/format.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally::bench {
namespace {

constexpr char kMethod[] = "/tallystick.v1.LedgerService/PostEvents";
constexpr auto kTimeout = std::chrono::seconds(60);

}  // namespace

UnaryPoster::UnaryPoster(const std::string& server, int lanes,
                         int connections) {
  for (const auto& channel : Connect(server, connections)) {
    stubs_.push_back(std::make_unique<grpc::GenericStub>(channel));
  }
  for (int lane = 0; lane < lanes; ++lane) {
    auto call = std::make_unique<Call>();
    call->lane = lane;
    call->stub = stubs_[static_cast<size_t>(lane % connections)].get();
    calls_.push_back(std::move(call));
  }
}

void UnaryPoster::Stop() {
  if (stopped_) return;
  stopped_ = true;
  for (const auto& call : calls_) {
    if (call->context.has_value()) call->context->TryCancel();
  }
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

int UnaryPoster::events_field() const {
  return tallystick::v1::PostEventsRequest::kEventsFieldNumber;
}
int UnaryPoster::outcomes_field() const {
  return tallystick::v1::PostEventsResponse::kOutcomesFieldNumber;
}

void UnaryPoster::Start(int lane, std::string_view request) {
  Call* const call = calls_[static_cast<size_t>(lane)].get();
  call->reader.reset();
  call->context.emplace();
  call->context->set_deadline(std::chrono::system_clock::now() + kTimeout);
  call->reader = call->stub->PrepareUnaryCall(&*call->context, kMethod,
                                              Borrowed(request), &queue_);
  call->reader->StartCall();
  call->reader->Finish(&call->response, &call->status, call);
}

Answer UnaryPoster::Wait() {
  void* tag = nullptr;
  bool ok = false;
  TALLY_CHECK(queue_.Next(&tag, &ok));
  Call* const call = static_cast<Call*>(tag);
  Answer answer{.lane = call->lane};
  if (call->status.ok()) {
    answer.bytes = BytesOf(call->response);
  } else {
    answer.error = fmt::format("a call failed with code {}: {}",
                               static_cast<int>(call->status.error_code()),
                               call->status.error_message());
  }
  return answer;
}

}  // namespace tally::bench
