// Posts the load generator's events to PostgreSQL: what a user would pick
// instead. bench/compare starts the server and runs this.
//
//   postgres_load --connect 'host=/tmp/run dbname=bench' --fill
//   postgres_load --connect 'host=/tmp/run dbname=bench' --clients 16 --json

#include <atomic>
#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "bench/client/histogram.h"
#include "bench/client/process_usage.h"
#include "bench/client/report.h"
#include "bench/client/run.h"
#include "bench/peers/postgres_peer.h"
#include "bench/workload/flags.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"

namespace tally::bench {
namespace {

struct Options {
  std::string connect;
  Way way = Way::kOne;
  int clients = 1;
  int batch = 1;
  int seconds = 5;
  bool fill = false;
  bool json = false;
  WorkloadFlags workload;
};

// What one client saw.
struct Share {
  Histogram latency;
  Counts counts;
  int64_t surprises = 0;
  Workload::Watched watched{};
  absl::Status status;
};

absl::Status PostUntil(const Options& options, const World& world, int lane,
                       int64_t until, Share* share) {
  ASSIGN_OR_RETURN(
      const std::unique_ptr<PostgresClient> client,
      PostgresClient::Connect(&world, options.connect, options.way));
  Workload workload(&world, lane);
  std::vector<Act> acts;
  while (NanosNow() < until) {
    acts.clear();
    Counts expected;
    for (int i = 0; i < options.batch; ++i) {
      acts.push_back(workload.Next());
      const Expected outcome = acts.back().expected;
      expected.accepted += outcome == Expected::kAccepted ? 1 : 0;
      expected.refused += outcome == Expected::kRefused ? 1 : 0;
      expected.replayed += outcome == Expected::kReplayed ? 1 : 0;
    }
    const int64_t begin = NanosNow();
    ASSIGN_OR_RETURN(const Counts counts, client->Post(acts));
    share->latency.Add(NanosNow() - begin);
    share->counts += counts;
    if (counts != expected) ++share->surprises;
  }
  share->watched = workload.watched();
  return absl::OkStatus();
}

absl::StatusOr<Report> Measure(const Options& options, const World& world) {
  std::vector<Share> shares(static_cast<size_t>(options.clients));
  std::vector<std::thread> threads;
  const ProcessUsage before = UsageOf(0);
  const int64_t start = NanosNow();
  const int64_t until = start + options.seconds * int64_t{1'000'000'000};
  for (int lane = 0; lane < options.clients; ++lane) {
    Share* const share = &shares[static_cast<size_t>(lane)];
    threads.emplace_back([&options, &world, lane, until, share] {
      share->status = PostUntil(options, world, lane, until, share);
    });
  }
  for (std::thread& thread : threads) thread.join();
  Report report{.name = "postgres",
                .clients = options.clients,
                .events_per_call = options.batch};
  report.nanos = NanosNow() - start;
  report.client_cpu_millis = UsageOf(0).cpu_millis - before.cpu_millis;
  Workload::Watched watched{};
  for (const Share& share : shares) {
    RETURN_IF_ERROR(share.status);
    report.counts += share.counts;
    report.latency.Merge(share.latency);
    if (share.surprises > 0) report.trouble = "answers were not as expected";
    for (size_t i = 0; i < watched.size(); ++i) {
      watched[i][0] += share.watched[i][0];
    }
  }
  report.calls = report.latency.count();
  ASSIGN_OR_RETURN(
      const std::unique_ptr<PostgresClient> client,
      PostgresClient::Connect(&world, options.connect, options.way));
  const absl::Status checked = client->Check(report.counts.accepted, watched);
  if (!checked.ok()) report.trouble = MessageOf(checked);
  return report;
}

absl::Status Fill(const Options& options, const World& world) {
  ASSIGN_OR_RETURN(
      const std::unique_ptr<PostgresClient> client,
      PostgresClient::Connect(&world, options.connect, options.way));
  return client->FillWorld();
}

int Main(const Options& options) {
  const World world(options.workload.options);
  absl::Status status = absl::OkStatus();
  if (options.fill) {
    status = Fill(options, world);
  } else {
    const auto report = Measure(options, world);
    status = report.status();
    if (report.ok()) {
      options.json ? PrintJson(*report) : PrintTable(*report);
      return report->trouble.empty() ? 0 : 1;
    }
  }
  if (status.ok()) return 0;
  fmt::print(stderr, "postgres_load: {}\n", MessageOf(status));
  return 5;
}

}  // namespace
}  // namespace tally::bench

int main(int argc, char** argv) {
  using tally::bench::Way;
  tally::bench::Options options;
  CLI::App app("Posts receipts and sales to PostgreSQL.");
  app.add_option("--connect", options.connect, "connection string of libpq")
      ->required();
  app.add_option("--way", options.way, "one, procedure or set")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Way>{{"one", Way::kOne},
                                     {"procedure", Way::kProcedure},
                                     {"set", Way::kSet}}));
  app.add_option("--clients", options.clients, "connections")
      ->check(CLI::Range(1, 256));
  app.add_option("--batch", options.batch, "events in a statement")
      ->check(CLI::Range(1, 8'000));
  app.add_option("--seconds", options.seconds, "how long to post");
  app.add_flag("--fill", options.fill, "fill the empty tables and end");
  app.add_flag("--json", options.json, "one line of JSON");
  options.workload.AddTo(&app);
  CLI11_PARSE(app, argc, argv);
  const absl::Status read = options.workload.Finish();
  if (!read.ok()) {
    fmt::print(stderr, "postgres_load: {}\n", tally::MessageOf(read));
    return 2;
  }
  return tally::bench::Main(options);
}
