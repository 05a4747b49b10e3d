#include "services/long_calls.h"

#include <string>

#include "fmt/format.h"
#include "services/errors.h"

namespace tally::services {

absl::Status LongCalls::Add(const std::shared_ptr<LongCall>& call) {
  MutexLock lock(&mutex_);
  if (drained_) return Stopping();
  if (calls_.size() >= calls_max_) {
    return Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_STREAMS",
                 fmt::format("at most {} streams are open at once", calls_max_),
                 {{"streams_max", std::to_string(calls_max_)}});
  }
  calls_.emplace(call.get(), call);
  return absl::OkStatus();
}

void LongCalls::Remove(const LongCall* call) {
  MutexLock lock(&mutex_);
  calls_.erase(call);
}

std::vector<std::shared_ptr<LongCall>> LongCalls::All() {
  std::vector<std::shared_ptr<LongCall>> all;
  MutexLock lock(&mutex_);
  for (const auto& [key, call] : calls_) {
    std::shared_ptr<LongCall> held = call.lock();
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
