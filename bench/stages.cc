// Where an event's time goes: takes batches through every stage between the
// bytes of a request and those of its answer, one stage after the other on
// one thread, and reports the processor time that each takes an event.
//
// The stages are the server's own code; what is not in them is gRPC itself
// and waiting. Times are of the thread, so that other work on the machine and
// the disk's waits do not count.
//
//   stages --events 1000000 --batch 1000 --accounts 100000

#include <ctime>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "bench/workload.h"
#include "engine/base/check.h"
#include "engine/ledger/commit_group.h"
#include "engine/ledger/decider.h"
#include "engine/ledger/follower.h"
#include "engine/ledger/prepared_batch.h"
#include "engine/ledger/storage.h"
#include "fmt/format.h"
#include "services/post_batch.h"
#include "services/system_clock.h"
#include "services/wire/decode.h"
#include "tallystick/v1/ledger_service.pb.h"

namespace tally {
namespace {

namespace v1 = tallystick::v1;

enum Stage {
  kFill,
  kSerialize,
  kParse,
  kDecode,
  kPrepare,
  kDecide,
  kAppend,
  kIndex,
  kFollow,
  kEncode,
  kFree,
  kStageCount,
};
constexpr std::array<std::string_view, kStageCount> kStageNames = {
    "client: fill", "client: serialize", "parse",  "decode",
    "prepare",      "decide and apply",  "append", "index",
    "follower",     "encode answer",     "free"};

// Of this thread, in nanoseconds.
int64_t ThreadTime() {
  timespec now{};
  TALLY_CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

// Adds the time since the last stage to the one that has just ended.
class Times {
 public:
  void Begin() { last_ = ThreadTime(); }
  void End(Stage stage) {
    const int64_t now = ThreadTime();
    nanos_[stage] += now - last_;
    last_ = ThreadTime();
  }
  int64_t nanos(Stage stage) const { return nanos_[stage]; }

 private:
  int64_t last_ = 0;
  std::array<int64_t, kStageCount> nanos_{};
};

class Line {
 public:
  explicit Line(const std::string& directory)
      : storage_(Open(directory)),
        decider_(storage_.tables.get(), &clock_,
                 {.group_events_max = 1'000'000,
                  .salt_seed = Sha256("the seed of a benchmark")}) {}

  const Times& times() const { return times_; }
  void ForgetTimes() { times_ = Times(); }
  int64_t record_bytes() const { return record_bytes_; }

  // Takes one request through all stages.
  void Take(const v1::PostEventsRequest& sent) {
    times_.Begin();
    TALLY_CHECK(sent.SerializeToString(&bytes_));
    times_.End(kSerialize);
    Arena arena;
    const auto request =
        wire::ReadView<wire::view::PostEventsRequest>(bytes_, &arena);
    TALLY_CHECK(request.has_value());
    times_.End(kParse);
    auto batch = std::make_unique<Batch>();
    batch->events.reserve(static_cast<size_t>(request->events_size()));
    for (const wire::view::Event in : request->events()) {
      batch->events.push_back(wire::Decode(in, &batch->arena));
    }
    times_.End(kDecode);
    std::unique_ptr<PreparedBatch> prepared = Prepare(std::move(batch), {});
    times_.End(kPrepare);
    group_.Clear(decider_.next());
    TALLY_CHECK(decider_.Decide(&prepared, &group_));
    times_.End(kDecide);
    TALLY_CHECK(storage_.journal->Append(group_.records).ok());
    record_bytes_ += group_.records.bytes();
    times_.End(kAppend);
    TALLY_CHECK(storage_.tables->Apply(group_.rows).ok());
    times_.End(kIndex);
    follower_.Apply(&group_);
    times_.End(kFollow);
    Answer(*request);
    times_.End(kEncode);
    group_.Clear(decider_.next());
    arena = Arena();
    times_.End(kFree);
  }

  void Fill(Workload* workload, int batch, v1::PostEventsRequest* request) {
    times_.Begin();
    workload->Fill(batch, request);
    times_.End(kFill);
  }

 private:
  static Storage Open(const std::string& directory) {
    auto storage = OpenStorage(directory, UuidOfName("a benchmark"));
    TALLY_CHECK(storage.ok());
    return *std::move(storage);
  }

  void Answer(wire::view::PostEventsRequest request) {
    const BatchResult& result = group_.results.front();
    for (const Outcome& outcome : result.outcomes) {
      TALLY_CHECK(outcome.accepted());
    }
    answer_.clear();
    services::AppendOutcomes(v1::PostEventsResponse::kOutcomesFieldNumber,
                             result.outcomes, request.events(), &answer_);
  }

  services::SystemClock clock_;
  Storage storage_;
  Decider decider_;
  Follower follower_;
  CommitGroup group_;
  std::string bytes_;
  std::string answer_;
  int64_t record_bytes_ = 0;
  Times times_;
};

struct Options {
  int events = 200'000;
  int batch = 1'000;
  std::string directory;
  WorkloadOptions workload{.run = "stages"};
};

void Print(const Line& line, int64_t events) {
  int64_t total = 0;
  for (int stage = 0; stage < kStageCount; ++stage) {
    const int64_t nanos = line.times().nanos(static_cast<Stage>(stage));
    total += nanos;
    fmt::print("{:>20} {:>8} ns\n", kStageNames[static_cast<size_t>(stage)],
               nanos / events);
  }
  fmt::print("{:>20} {:>8} ns an event\n", "all", total / events);
}

int Run(const Options& options) {
  Line line(options.directory);
  v1::PostEventsRequest request;
  Setup setup(options.workload);
  while (setup.Next(1'000, &request)) line.Take(request);
  line.ForgetTimes();
  const int64_t bytes_before = line.record_bytes();
  Workload workload(options.workload, 0);
  int64_t events = 0;
  for (; events < options.events; events += options.batch) {
    line.Fill(&workload, options.batch, &request);
    line.Take(request);
  }
  Print(line, events);
  fmt::print("{:>20} {:>8} bytes an event\n", "record",
             (line.record_bytes() - bytes_before) / events);
  return 0;
}

}  // namespace
}  // namespace tally

int main(int argc, char** argv) {
  tally::Options options;
  CLI::App app("Reports where the processor time of an event goes.");
  app.add_option("--events", options.events, "events to take through")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
  app.add_option("--batch", options.batch, "events in a request")
      ->check(CLI::Range(1, 8'000))
      ->capture_default_str();
  app.add_option("--accounts", options.workload.accounts, "holdings to post to")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  app.add_option("--data", options.directory, "a new directory for the ledger")
      ->required();
  CLI11_PARSE(app, argc, argv);
  return tally::Run(options);
}
