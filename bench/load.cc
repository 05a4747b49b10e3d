// The load generator: posts events to a running tallyd, holds every answer to
// what was expected, and reports rate, latency and what it took.
//
//   load --server 127.0.0.1:7411 --clients 64
//   load --server 127.0.0.1:7411 --stream --batch 8000 --clients 2
//   load --server 127.0.0.1:7411 --clients 256 --rate 10000 --mix chain

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "bench/client/ledger_check.h"
#include "bench/client/process_usage.h"
#include "bench/client/report.h"
#include "bench/client/run.h"
#include "bench/client/stream_poster.h"
#include "bench/client/unary_poster.h"
#include "bench/workload/flags.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"

namespace tally::bench {
namespace {

struct Options {
  std::string server = "127.0.0.1:50051";
  int clients = 1;
  bool stream = false;
  int window = 4;
  int connections = 0;  // 0: one for each client, at most 4
  int64_t server_pid = 0;
  bool no_setup = false;
  bool no_check = false;
  bool json = false;
  bool anywhere = false;
  RunOptions run;
  WorkloadFlags workload;
};

std::unique_ptr<Poster> MakePoster(const Options& options) {
  if (options.stream) {
    return std::make_unique<StreamPoster>(options.server, options.clients,
                                          options.window);
  }
  const int connections = options.connections > 0
                              ? options.connections
                              : std::min(options.clients, 4);
  return std::make_unique<UnaryPoster>(options.server, options.clients,
                                       connections);
}

Report Describe(const Options& options, RunResult result) {
  Report report{
      .name = options.stream
                  ? fmt::format("streams with {} under way", options.window)
                  : std::string("calls"),
      .clients = options.clients,
      .events_per_call = options.run.events_per_call,
      .rate = options.run.events_per_second,
      .counts = result.counts,
      .calls = result.calls,
      .request_bytes = result.request_bytes,
      .nanos = result.nanos,
      .latency = std::move(result.latency),
      .interval_rates = std::move(result.interval_rates)};
  if (!result.error.empty()) {
    report.trouble = result.error;
  } else if (result.surprises > 0) {
    report.trouble =
        fmt::format("{} of {} calls were not answered as expected, the first: ",
                    result.surprises, result.calls) +
        result.first_surprise;
  }
  return report;
}

// What the ledger itself says, before and after.
struct Held {
  int64_t tree_size = 0;
  Workload::Watched watched{};
};

absl::StatusOr<Held> Ask(LedgerCheck* check) {
  Held held;
  ASSIGN_OR_RETURN(held.tree_size, check->TreeSize());
  ASSIGN_OR_RETURN(held.watched, check->ReadWatched());
  return held;
}

// Whether what was answered is so.
absl::Status CheckLedger(const World& world, const Held& before,
                         const Held& after, const RunResult& result) {
  if (after.tree_size - before.tree_size != result.counts.accepted) {
    return absl::DataLossError(fmt::format(
        "{} events were answered as accepted, but the log grew by "
        "{}",
        result.counts.accepted, after.tree_size - before.tree_size));
  }
  for (size_t i = 0; i < after.watched.size(); ++i) {
    for (size_t model = 0; model < kCustodyCount; ++model) {
      if (!world.options().models.Has(static_cast<Custody>(model))) continue;
      const int64_t wanted =
          before.watched[i][model] + result.watched[i][model];
      if (after.watched[i][model] == wanted) continue;
      return absl::DataLossError(
          fmt::format("watched site {} holds {} thousandths under {}, not {}",
                      i, after.watched[i][model],
                      NameOf(static_cast<Custody>(model)), wanted));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Report> Measure(const Options& options) {
  const World world(options.workload.options);
  LedgerCheck check(&world, options.server);
  Held before;
  if (!options.no_setup) RETURN_IF_ERROR(check.Prepare());
  if (!options.no_check) {
    ASSIGN_OR_RETURN(before, Ask(&check));
  }
  const std::unique_ptr<Poster> poster = MakePoster(options);
  Run run(&world, poster.get(), options.run);
  const ProcessUsage client_before = UsageOf(0);
  const ProcessUsage server_before = UsageOf(options.server_pid);
  RunResult result = run.Go();
  const ProcessUsage client = UsageOf(0);
  const ProcessUsage server = UsageOf(options.server_pid);
  Held after;
  absl::Status checked = absl::OkStatus();
  if (!options.no_check && result.error.empty()) {
    ASSIGN_OR_RETURN(after, Ask(&check));
    checked = CheckLedger(world, before, after, result);
  }
  Report report = Describe(options, std::move(result));
  report.tree_size = after.tree_size;
  report.client_cpu_millis = client.cpu_millis - client_before.cpu_millis;
  if (options.server_pid != 0) {
    report.server_cpu_millis = server.cpu_millis - server_before.cpu_millis;
    report.server = server;
  }
  if (report.trouble.empty() && !checked.ok()) {
    report.trouble = MessageOf(checked);
  }
  return report;
}

int Main(const Options& options) {
  if (!IsLoopback(options.server) && !options.anywhere) {
    fmt::print(stderr,
               "load: {} is not this machine; --anywhere posts to it "
               "nevertheless\n",
               options.server);
    return 2;
  }
  const auto report = Measure(options);
  if (!report.ok()) {
    fmt::print(stderr, "load: {}\n", MessageOf(report.status()));
    return 5;
  }
  if (options.json) {
    PrintJson(*report);
  } else {
    PrintTable(*report);
  }
  return report->trouble.empty() ? 0 : 1;
}

void AddFlags(CLI::App* app, Options* options) {
  app->add_option("--server", options->server, "HOST:PORT of the server")
      ->capture_default_str();
  app->add_option("--clients", options->clients,
                  "callers at the same time: calls under way, or streams")
      ->check(CLI::Range(1, 4'096))
      ->capture_default_str();
  app->add_option("--batch", options->run.events_per_call, "events in a call")
      ->check(CLI::Range(1, 8'000))
      ->capture_default_str();
  app->add_flag("--stream", options->stream,
                "a stream for each client instead of calls");
  app->add_option("--window", options->window,
                  "batches under way on each stream")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  app->add_option("--connections", options->connections,
                  "that calls share; 0: one for each client, at most 4")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  app->add_option("--rate", options->run.events_per_second,
                  "events a second of an open loop; 0: a closed loop")
      ->check(CLI::Range(0, 100'000'000))
      ->capture_default_str();
  app->add_option("--seconds", options->run.seconds,
                  "how long to post; 0: until --events are posted")
      ->check(CLI::Range(0, 86'400))
      ->capture_default_str();
  app->add_option("--events", options->run.events,
                  "how many to post; 0: until --seconds are over")
      ->check(CLI::Range(int64_t{0}, int64_t{10'000'000'000}))
      ->capture_default_str();
  app->add_option("--interval", options->run.interval_events,
                  "report the rate of each so many events; 0: only of all")
      ->check(CLI::Range(0, 1'000'000'000))
      ->capture_default_str();
  app->add_option("--server-pid", options->server_pid,
                  "report what this process took");
  app->add_flag("--no-setup", options->no_setup,
                "the world is known to the ledger already");
  app->add_flag("--no-check", options->no_check,
                "others post too: do not ask the ledger at the end");
  app->add_flag("--json", options->json, "one line of JSON");
  app->add_flag("--anywhere", options->anywhere,
                "post to another machine than this one");
  options->workload.AddTo(app);
}

}  // namespace
}  // namespace tally::bench

int main(int argc, char** argv) {
  tally::bench::Options options;
  CLI::App app("Posts events to a tallyd and reports rate and latency.");
  tally::bench::AddFlags(&app, &options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::Status read = options.workload.Finish();
  if (!read.ok() || (options.run.seconds == 0 && options.run.events == 0)) {
    fmt::print(stderr, "load: {}\n",
               read.ok() ? "--seconds and --events are both 0"
                         : tally::MessageOf(read));
    return 2;
  }
  return tally::bench::Main(options);
}
