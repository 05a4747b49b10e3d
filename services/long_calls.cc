#include "services/long_calls.h"

#include <string>
#include <string_view>

#include "engine/base/status_macros.h"
#include "engine/ledger/retry_hint.h"
#include "fmt/format.h"
#include "services/errors.h"

namespace tally::services {

absl::Status LongCalls::CheckRoom(const std::string& principal) const {
  const auto full = [](size_t limit, std::string_view whose) {
    return WithRetryAfter(Error(
        absl::StatusCode::kResourceExhausted, "TOO_MANY_STREAMS",
        fmt::format("at most {} streams{} are open at once", limit, whose),
        {{"streams_max", std::to_string(limit)}}));
  };
  if (calls_.size() >= limits_.calls) return full(limits_.calls, "");
  const auto found = counts_.find(principal);
  if (!principal.empty() && found != counts_.end() &&
      found->second >= limits_.calls_of_one) {
    return full(limits_.calls_of_one, " of one principal");
  }
  return absl::OkStatus();
}

absl::Status LongCalls::Add(const std::shared_ptr<LongCall>& call,
                            const std::string& principal) {
  MutexLock lock(&mutex_);
  if (drained_) return Stopping();
  RETURN_IF_ERROR(CheckRoom(principal));
  calls_.emplace(call.get(), Open{.call = call, .principal = principal});
  ++counts_[principal];
  return absl::OkStatus();
}

void LongCalls::Remove(const LongCall* call) {
  MutexLock lock(&mutex_);
  const auto found = calls_.find(call);
  if (found == calls_.end()) return;
  const auto count = counts_.find(found->second.principal);
  if (--count->second == 0) counts_.erase(count);
  calls_.erase(found);
}

std::vector<std::shared_ptr<LongCall>> LongCalls::All() {
  std::vector<std::shared_ptr<LongCall>> all;
  MutexLock lock(&mutex_);
  for (const auto& [key, open] : calls_) {
    std::shared_ptr<LongCall> held = open.call.lock();
    if (held != nullptr) all.push_back(std::move(held));
  }
  return all;
}

void LongCalls::BeatAll() {
  for (const std::shared_ptr<LongCall>& call : All()) call->Beat();
}

void LongCalls::DrainAll() {
  {
    MutexLock lock(&mutex_);
    drained_ = true;
  }
  for (const std::shared_ptr<LongCall>& call : All()) call->Drain();
}

}  // namespace tally::services
