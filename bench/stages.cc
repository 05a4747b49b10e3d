// Where an event's time goes: takes batches through every stage between the
// bytes of a request and those of its answer, one stage after the other on
// one thread, and reports the processor time that each takes an event.
//
// The stages are the server's own code; what is not in them is gRPC itself
// and waiting. Times are of the thread, so that other work on the machine and
// the disk's waits do not count.
//
//   stages --events 1000000 --batch 1000 --accounts 100000 --data DIR

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
#include "bench/workload/flags.h"
#include "bench/workload/wire_event.h"
#include "bench/workload/workload.h"
#include "engine/base/check.h"
#include "engine/base/strings.h"
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

namespace tally::bench {
namespace {

namespace v1 = tallystick::v1;

enum Stage {
  kMake,
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
constexpr int kEventsField = v1::PostEventsRequest::kEventsFieldNumber;
constexpr std::array<std::string_view, kStageCount> kStageNames = {
    "client: make", "parse", "decode",   "prepare",       "decide and apply",
    "append",       "index", "follower", "encode answer", "free"};

// Each stage is a function of its own also when optimized: bench/instructions
// finds them by name.
#define STAGE [[gnu::noinline]]

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
  void Take(std::string_view bytes) {
    times_.Begin();
    Arena arena;
    const auto request = Parse(bytes, &arena);
    times_.End(kParse);
    std::unique_ptr<Batch> batch = Decode(request);
    times_.End(kDecode);
    std::unique_ptr<PreparedBatch> prepared = PrepareAll(std::move(batch));
    times_.End(kPrepare);
    group_.Clear(decider_.next());
    Decide(&prepared);
    times_.End(kDecide);
    Append();
    times_.End(kAppend);
    Index();
    times_.End(kIndex);
    Follow();
    times_.End(kFollow);
    Answer(request);
    times_.End(kEncode);
    Free(&arena);
    times_.End(kFree);
  }

  // Fills `bytes` with a request.
  STAGE void Make(const World& world, Workload* workload, int batch,
                  std::string* bytes) {
    times_.Begin();
    bytes->clear();
    for (int i = 0; i < batch; ++i) {
      AppendEvent(world, workload->Next(), kEventsField, bytes);
    }
    times_.End(kMake);
  }

 private:
  static Storage Open(const std::string& directory) {
    auto storage = OpenStorage(directory, UuidOfName("a benchmark"));
    TALLY_CHECK(storage.ok());
    return *std::move(storage);
  }

  STAGE wire::view::PostEventsRequest Parse(std::string_view bytes,
                                            Arena* arena) {
    const auto request =
        wire::ReadView<wire::view::PostEventsRequest>(bytes, arena);
    TALLY_CHECK(request.has_value());
    return *request;
  }
  STAGE std::unique_ptr<Batch> Decode(wire::view::PostEventsRequest request) {
    auto batch = std::make_unique<Batch>();
    batch->events.reserve(static_cast<size_t>(request.events_size()));
    for (const wire::view::Event in : request.events()) {
      batch->events.push_back(wire::Decode(in, &batch->arena));
    }
    return batch;
  }
  STAGE std::unique_ptr<PreparedBatch> PrepareAll(
      std::unique_ptr<Batch> batch) {
    return Prepare(std::move(batch), {});
  }
  STAGE void Decide(std::unique_ptr<PreparedBatch>* prepared) {
    TALLY_CHECK(decider_.Decide(prepared, &group_));
  }
  STAGE void Append() {
    TALLY_CHECK(storage_.journal->Append(group_.records).ok());
    record_bytes_ += group_.records.bytes();
  }
  STAGE void Index() { TALLY_CHECK(storage_.tables->Apply(group_.rows).ok()); }
  STAGE void Follow() { follower_.Apply(&group_); }
  STAGE void Answer(wire::view::PostEventsRequest request) {
    const BatchResult& result = group_.results.front();
    for (const Outcome& outcome : result.outcomes) {
      TALLY_CHECK(outcome.accepted());
    }
    answer_.clear();
    services::AppendOutcomes(v1::PostEventsResponse::kOutcomesFieldNumber,
                             result.outcomes, request.events(), &answer_);
  }
  STAGE void Free(Arena* arena) {
    group_.Clear(decider_.next());
    *arena = Arena();
  }

  services::SystemClock clock_;
  Storage storage_;
  Decider decider_;
  Follower follower_;
  CommitGroup group_;
  std::string answer_;
  int64_t record_bytes_ = 0;
  Times times_;
};

constexpr int kSetupBatch = 1'000;

struct Options {
  int events = 200'000;
  int batch = 1'000;
  std::string directory;
  WorkloadFlags workload;
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

// What is measured, and what bench/instructions counts: how many events.
STAGE int64_t TakeAll(const Options& options, const World& world, Line* line) {
  Workload workload(&world, 0);
  std::string bytes;
  int64_t events = 0;
  for (; events < options.events; events += options.batch) {
    line->Make(world, &workload, options.batch, &bytes);
    line->Take(bytes);
  }
  return events;
}

int Run(const Options& options) {
  Line line(options.directory);
  const World world(options.workload.options);
  const Setup setup(&world);
  std::string bytes;
  for (int64_t next = 0; next < setup.size();) {
    bytes.clear();
    for (int i = 0; i < kSetupBatch && next < setup.size(); ++i) {
      WireWriter(&bytes).Text(kEventsField, setup.Event(next++));
    }
    line.Take(bytes);
  }
  line.ForgetTimes();
  const int64_t bytes_before = line.record_bytes();
  const int64_t events = TakeAll(options, world, &line);
  Print(line, events);
  fmt::print("{:>20} {:>8} bytes an event\n", "record",
             (line.record_bytes() - bytes_before) / events);
  return 0;
}

}  // namespace
}  // namespace tally::bench

int main(int argc, char** argv) {
  tally::bench::Options options;
  CLI::App app("Reports where the processor time of an event goes.");
  app.add_option("--events", options.events, "events to take through")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
  app.add_option("--batch", options.batch, "events in a request")
      ->check(CLI::Range(1, 8'000))
      ->capture_default_str();
  app.add_option("--data", options.directory, "a new directory for the ledger")
      ->required();
  options.workload.AddTo(&app);
  CLI11_PARSE(app, argc, argv);
  const absl::Status read = options.workload.Finish();
  if (!read.ok()) {
    fmt::print(stderr, "stages: {}\n", tally::MessageOf(read));
    return 2;
  }
  return tally::bench::Run(options);
}
