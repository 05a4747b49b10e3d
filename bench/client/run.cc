#include "bench/client/run.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>
#include <utility>

#include "bench/workload/wire_event.h"
#include "fmt/format.h"

namespace tally::bench {
namespace {

constexpr int64_t kNanosPerSecond = 1'000'000'000;

int64_t CallsMax(const RunOptions& options) {
  int64_t calls = std::numeric_limits<int64_t>::max();
  if (options.events > 0) {
    calls = (options.events + options.events_per_call - 1) /
            options.events_per_call;
  }
  if (options.events_per_second > 0 && options.seconds > 0) {
    const Pace pace{options.events_per_second, options.events_per_call};
    calls = std::min(calls, pace.CallsIn(options.seconds * kNanosPerSecond));
  }
  return calls;
}

void SleepUntil(int64_t nanos) {
  std::this_thread::sleep_until(
      std::chrono::steady_clock::time_point(std::chrono::nanoseconds(nanos)));
}

}  // namespace

int64_t NanosNow() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Run::Run(const World* world, Poster* poster, const RunOptions& options)
    : world_(world),
      poster_(poster),
      options_(options),
      pace_{options.events_per_second, options.events_per_call},
      calls_max_(CallsMax(options)) {
  const MutexLock lock(&mutex_);
  for (int lane = 0; lane < poster->lanes(); ++lane) {
    lanes_.push_back({.workload = Workload(world, lane)});
    for (int i = 0; i < poster->window(); ++i) free_.push_back(lane);
  }
}

RunResult Run::Go() {
  start_ = NanosNow();
  {
    const MutexLock lock(&mutex_);
    interval_begin_ = start_;
  }
  if (options_.events_per_second > 0) {
    Open();
  } else {
    Close();
  }
  const int64_t end = NanosNow();
  poster_->Stop();
  const MutexLock lock(&mutex_);
  result_.nanos = end - start_;
  for (const Lane& lane : lanes_) {
    for (size_t i = 0; i < result_.watched.size(); ++i) {
      for (size_t model = 0; model < kCustodyCount; ++model) {
        result_.watched[i][model] += lane.workload.watched()[i][model];
      }
    }
  }
  return std::move(result_);
}

bool Run::MorePlanned(int64_t now) const {
  if (!result_.error.empty() || posted_ >= calls_max_) return false;
  return options_.seconds == 0 || options_.events_per_second > 0 ||
         now - start_ < options_.seconds * kNanosPerSecond;
}

void Run::Close() {
  {
    const MutexLock lock(&mutex_);
    for (const int lane : free_) {
      if (MorePlanned(start_)) Post(lane, NanosNow());
    }
  }
  while (true) {
    {
      const MutexLock lock(&mutex_);
      if (under_way_ == 0 || !result_.error.empty()) return;
    }
    const Answer answer = poster_->Wait();
    const int64_t now = NanosNow();
    const MutexLock lock(&mutex_);
    Take(answer, now);
    if (MorePlanned(now)) Post(answer.lane, NanosNow());
  }
}

void Run::Open() {
  std::thread pacer([this] { PaceCalls(); });
  while (true) {
    {
      MutexLock lock(&mutex_);
      while (under_way_ == 0 && MorePlanned(0)) lock.Wait(&freed_);
      if (under_way_ == 0 || !result_.error.empty()) break;
    }
    const Answer answer = poster_->Wait();
    const int64_t now = NanosNow();
    const MutexLock lock(&mutex_);
    Take(answer, now);
    free_.push_back(answer.lane);
    freed_.notify_all();
  }
  pacer.join();
}

// Of a thread of its own: the queue's waits are only accurate to the
// millisecond.
void Run::PaceCalls() {
  for (int64_t call = 0; call < calls_max_; ++call) {
    const int64_t due = start_ + pace_.NanosOf(call);
    SleepUntil(due);
    MutexLock lock(&mutex_);
    while (free_.empty() && result_.error.empty()) lock.Wait(&freed_);
    if (!result_.error.empty()) return;
    const int lane = free_.front();
    free_.pop_front();
    Post(lane, due);
    freed_.notify_all();
  }
}

void Run::Post(int number, int64_t due) {
  Lane& lane = lanes_[static_cast<size_t>(number)];
  Posting posting{.due = due};
  if (!lane.buffers.empty()) {
    posting.bytes = std::move(lane.buffers.back());
    lane.buffers.pop_back();
    posting.bytes.clear();
  }
  poster_->Begin(number, &posting.bytes);
  for (int i = 0; i < options_.events_per_call; ++i) {
    const Act act = lane.workload.Next();
    AppendEvent(*world_, act, poster_->events_field(), &posting.bytes);
    switch (act.expected) {
      case Expected::kAccepted:
        ++posting.expected.accepted;
        break;
      case Expected::kRefused:
        ++posting.expected.refused;
        break;
      case Expected::kReplayed:
        ++posting.expected.replayed;
        break;
    }
  }
  lane.under_way.push_back(std::move(posting));
  ++posted_;
  ++under_way_;
  poster_->Start(number, lane.under_way.back().bytes);
}

void Run::Take(const Answer& answer, int64_t now) {
  if (!answer.error.empty()) {
    result_.error = answer.error;
    return;
  }
  Lane& lane = lanes_[static_cast<size_t>(answer.lane)];
  const Posting& posting = lane.under_way.front();
  const auto counts = CountOutcomes(answer.bytes, poster_->outcomes_field());
  if (!counts.has_value() || *counts != posting.expected) {
    if (result_.surprises++ == 0) {
      const Counts came = counts.value_or(Counts());
      result_.first_surprise = fmt::format(
          "{} accepted, {} refused, {} replayed instead of {}, {}, {}",
          came.accepted, came.refused, came.replayed, posting.expected.accepted,
          posting.expected.refused, posting.expected.replayed);
    }
  }
  if (counts.has_value()) {
    result_.counts += *counts;
    interval_events_ += counts->all();
  }
  ++result_.calls;
  result_.request_bytes += std::ssize(posting.bytes);
  result_.latency.Add(now - posting.due);
  NoteInterval(now);
  lane.buffers.push_back(std::move(lane.under_way.front().bytes));
  lane.under_way.pop_front();
  --under_way_;
}

void Run::NoteInterval(int64_t now) {
  if (options_.interval_events == 0 ||
      interval_events_ < options_.interval_events) {
    return;
  }
  const auto rate = static_cast<__int128>(interval_events_) * kNanosPerSecond /
                    std::max<int64_t>(1, now - interval_begin_);
  result_.interval_rates.push_back(static_cast<int64_t>(rate));
  interval_events_ = 0;
  interval_begin_ = now;
}

}  // namespace tally::bench
