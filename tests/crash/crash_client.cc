#include "tests/crash/crash_client.h"

#include <iterator>

#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "tests/crash/crash_world.h"

namespace tally::crash {
namespace {

namespace v1 = tallystick::v1;

constexpr int64_t kBatchMax = 12;
constexpr int kRepeats = 5;

}  // namespace

v1::PostEventsRequest CrashClient::RequestOf(const PostedBatch& batch) const {
  v1::PostEventsRequest request;
  for (int64_t i = 0; i < batch.count; ++i) {
    *request.add_events() = MakeEvent(number_, batch.first + i);
  }
  return request;
}

bool CrashClient::Post(Stub* stub, const PostedBatch& batch,
                       v1::PostEventsResponse* response) {
  grpc::ClientContext context;
  return stub->PostEvents(&context, RequestOf(batch), response).ok();
}

bool CrashClient::Note(const PostedBatch& batch,
                       const v1::PostEventsResponse& response) {
  if (response.outcomes_size() != batch.count) {
    wrong_ = "a batch was answered with another number of outcomes";
    return false;
  }
  for (int i = 0; i < response.outcomes_size(); ++i) {
    const v1::Outcome& outcome = response.outcomes(i);
    const int64_t number = batch.first + i;
    if (outcome.has_accepted() == IsRefused(number)) {
      wrong_ = fmt::format("event {} of client {} was answered: {}", number,
                           number_, outcome.ShortDebugString());
      return false;
    }
    if (!outcome.has_accepted()) continue;
    const int64_t position = outcome.accepted().position();
    const auto [known, added] = acknowledged_.emplace(number, position);
    if (!added && (known->second != position || !outcome.replayed())) {
      wrong_ = fmt::format(
          "event {} of client {} was at {} and is answered again: {}", number,
          number_, known->second, outcome.ShortDebugString());
      return false;
    }
  }
  return true;
}

bool CrashClient::Retry(const std::shared_ptr<grpc::Channel>& channel,
                        const std::map<std::string, int64_t>& in_log) {
  if (!pending_.has_value()) return true;
  const auto stub = v1::LedgerService::NewStub(channel);
  v1::PostEventsResponse response;
  if (!Post(stub.get(), *pending_, &response)) {
    wrong_ = "the server ended by itself";
    return false;
  }
  if (!Note(*pending_, response)) return false;
  for (const v1::Outcome& outcome : response.outcomes()) {
    if (!outcome.has_accepted()) continue;
    const auto found = in_log.find(outcome.id());
    const bool first_answer =
        found == in_log.end()
            ? !outcome.replayed()
            : outcome.replayed() &&
                  outcome.accepted().position() == found->second;
    if (!first_answer) {
      wrong_ = "a retry was not answered as the first time: " +
               outcome.ShortDebugString();
      return false;
    }
  }
  pending_.reset();
  return true;
}

bool CrashClient::Repeat(const std::shared_ptr<grpc::Channel>& channel) {
  const auto stub = v1::LedgerService::NewStub(channel);
  for (int i = 0; i < kRepeats && !acknowledged_.empty(); ++i) {
    auto one = acknowledged_.begin();
    std::advance(one, random_() % acknowledged_.size());
    v1::PostEventsResponse response;
    const PostedBatch batch = {.first = one->first, .count = 1};
    if (!Post(stub.get(), batch, &response) || !Note(batch, response)) {
      if (wrong_.empty()) wrong_ = "the server ended by itself";
      return false;
    }
    wrong_ = receipts_.Ask(channel, one->second);
    if (!wrong_.empty()) return false;
  }
  return true;
}

void CrashClient::Run(const std::shared_ptr<grpc::Channel>& channel,
                      Progress* progress) {
  const auto stub = v1::LedgerService::NewStub(channel);
  while (true) {
    pending_ = {.first = next_,
                .count = 1 + static_cast<int64_t>(random_() % kBatchMax)};
    next_ += pending_->count;
    v1::PostEventsResponse response;
    if (!Post(stub.get(), *pending_, &response)) break;
    const size_t before = acknowledged_.size();
    if (!Note(*pending_, response)) break;
    pending_.reset();
    progress->Acknowledged(static_cast<int64_t>(acknowledged_.size() - before));
  }
  progress->Ended();
}

}  // namespace tally::crash
