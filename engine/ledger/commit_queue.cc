#include "engine/ledger/commit_queue.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/ledger/retry_hint.h"
#include "engine/ledger/status_facts.h"
#include "fmt/format.h"

namespace tally {
namespace {

constexpr int64_t kKilo = 1'024;
// How much more than the limits may wait for who comes when others filled it.
constexpr int64_t kNewcomersRoom = 2;

absl::Status QueueFull(const CommitQueue::Limits& load,
                       const CommitQueue::Limits& limits) {
  return WithFacts(
      absl::ResourceExhaustedError(fmt::format(
          "{} events of {} bytes are waiting to be decided, at most {} of {} "
          "may",
          load.events, load.bytes, limits.events, limits.bytes)),
      {{"events", std::to_string(load.events)},
       {"bytes", std::to_string(load.bytes)},
       {"events_max", std::to_string(limits.events)},
       {"bytes_max", std::to_string(limits.bytes)}});
}

}  // namespace

absl::Status CommitQueue::Push(std::unique_ptr<PreparedBatch>* batch) {
  const int64_t events = (*batch)->event_count();
  const int64_t bytes = (*batch)->bytes();
  {
    MutexLock lock(&mutex_);
    if (!closed_.ok()) return closed_;
    const std::string lane((*batch)->principal());
    if (!HasRoom(lane, events, bytes)) {
      return WithRetryAfter(QueueFull(load_, limits_));
    }
    load_.events += events;
    load_.bytes += bytes;
    // One counts as an event for each kilobyte: either can be what fills it.
    batches_.Push(lane, std::move(*batch), std::max(events, bytes / kKilo));
  }
  changed_.notify_one();
  return absl::OkStatus();
}

// An empty queue takes whatever comes, so that no batch is refused for ever;
// and a principal of whom nothing waits finds room beyond what others filled.
bool CommitQueue::HasRoom(const std::string& lane, int64_t events,
                          int64_t bytes) const {
  const int64_t waiting = batches_.LoadOf(lane);
  const int64_t room = lane.empty() || waiting > 0 ? 1 : kNewcomersRoom;
  const bool fits = load_.events + events <= room * limits_.events &&
                    load_.bytes + bytes <= room * limits_.bytes;
  if (lane.empty() || waiting == 0) return fits || batches_.empty();
  return fits && waiting + events <= std::max<int64_t>(limits_.events / 2, 1) &&
         waiting + bytes / kKilo <=
             std::max<int64_t>(limits_.bytes / kKilo / 2, 1);
}

void CommitQueue::Take(Limits limits, Wait wait,
                       std::vector<std::unique_ptr<PreparedBatch>>* taken) {
  taken->clear();
  MutexLock lock(&mutex_);
  while (wait == Wait::kYes && batches_.empty() && !nudged_ && closed_.ok()) {
    lock.Wait(&changed_);
  }
  nudged_ = false;
  while (!batches_.empty()) {
    const int64_t events = batches_.front()->event_count();
    const int64_t bytes = batches_.front()->bytes();
    const bool fits = events <= limits.events && bytes <= limits.bytes;
    if (!fits && !taken->empty()) break;
    limits.events -= events;
    limits.bytes -= bytes;
    load_.events -= events;
    load_.bytes -= bytes;
    taken->push_back(batches_.Pop());
  }
}

void CommitQueue::Nudge() {
  {
    MutexLock lock(&mutex_);
    nudged_ = true;
  }
  changed_.notify_one();
}

void CommitQueue::Close(absl::Status reason) {
  {
    MutexLock lock(&mutex_);
    if (closed_.ok()) closed_ = std::move(reason);
  }
  changed_.notify_one();
}

bool CommitQueue::AtEnd() const {
  MutexLock lock(&mutex_);
  return !closed_.ok() && batches_.empty();
}

absl::Status CommitQueue::closed() const {
  MutexLock lock(&mutex_);
  return closed_;
}

CommitQueue::Limits CommitQueue::load() const {
  MutexLock lock(&mutex_);
  return load_;
}

}  // namespace tally
