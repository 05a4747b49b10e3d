// The load generator: posts events to a running tallyd from several clients,
// each waiting for its answer before it sends the next, and reports the rate
// of accepted events and the latency of calls.
//
//   load --server 127.0.0.1:7411 --clients 8 --batch 1000 --seconds 10

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "bench/latency.h"
#include "bench/workload.h"
#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"

namespace tally {
namespace {

namespace v1 = tallystick::v1;
using SteadyClock = std::chrono::steady_clock;

struct Options {
  std::string server = "127.0.0.1:7411";
  int clients = 1;
  int batch = 1;
  int seconds = 5;
  bool json = false;
  bool allow_remote = false;
  WorkloadOptions workload;
};

// What one client saw.
struct Tally {
  Latency calls;
  int64_t accepted = 0;
  int64_t refused = 0;
  std::string error;  // of the first failed call, which ends the client
};

bool IsLoopback(const std::string& server) {
  return server.starts_with("127.") || server.starts_with("[::1]") ||
         server.starts_with("localhost:");
}

std::unique_ptr<v1::LedgerService::Stub> Connect(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  // A connection for each client: they stand for callers of their own.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return v1::LedgerService::NewStub(grpc::CreateCustomChannel(
      server, grpc::InsecureChannelCredentials(), arguments));
}

// Posts one request and counts its outcomes; false when the call failed.
bool Post(v1::LedgerService::Stub* stub, const v1::PostEventsRequest& request,
          Tally* tally) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(60));
  v1::PostEventsResponse response;
  const auto start = SteadyClock::now();
  const grpc::Status status = stub->PostEvents(&context, request, &response);
  const auto took = SteadyClock::now() - start;
  if (!status.ok()) {
    tally->error = status.error_message();
    return false;
  }
  tally->calls.Add(
      std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  for (const v1::Outcome& outcome : response.outcomes()) {
    ++(outcome.has_accepted() ? tally->accepted : tally->refused);
  }
  return true;
}

bool RunSetup(const Options& options) {
  const auto stub = Connect(options.server);
  Setup setup(options.workload);
  v1::PostEventsRequest request;
  Tally tally;
  while (setup.Next(1'000, &request)) {
    if (Post(stub.get(), request, &tally)) continue;
    std::fprintf(stderr, "load: %s\n", tally.error.c_str());
    return false;
  }
  return true;
}

void RunClient(const Options& options, int client,
               SteadyClock::time_point until, Tally* tally) {
  const auto stub = Connect(options.server);
  Workload workload(options.workload, client);
  v1::PostEventsRequest request;
  while (SteadyClock::now() < until) {
    workload.Fill(options.batch, &request);
    if (!Post(stub.get(), request, tally)) return;
  }
}

void Print(const Options& options, const Tally& total, int64_t micros) {
  const int64_t rate = micros == 0 ? 0 : total.accepted * 1'000'000 / micros;
  if (options.json) {
    fmt::print(R"({{"clients":{},"batch":{},"accounts":{},"seconds_micros":{},)"
               R"("accepted":{},"refused":{},"events_per_second":{},)"
               R"("p50_us":{},"p99_us":{},"max_us":{}}})"
               "\n",
               options.clients, options.batch, options.workload.accounts,
               micros, total.accepted, total.refused, rate,
               total.calls.Percentile(500), total.calls.Percentile(990),
               total.calls.max_micros());
    return;
  }
  fmt::print("{:>8} {:>7} {:>9} {:>10} {:>8} {:>10} {:>9} {:>9} {:>9}\n",
             "clients", "batch", "accounts", "accepted", "refused", "events/s",
             "p50 us", "p99 us", "max us");
  fmt::print("{:>8} {:>7} {:>9} {:>10} {:>8} {:>10} {:>9} {:>9} {:>9}\n",
             options.clients, options.batch, options.workload.accounts,
             total.accepted, total.refused, rate, total.calls.Percentile(500),
             total.calls.Percentile(990), total.calls.max_micros());
}

int Run(const Options& options) {
  if (!IsLoopback(options.server) && !options.allow_remote) {
    std::fprintf(stderr, "load: %s is not this machine; --allow-remote\n",
                 options.server.c_str());
    return 2;
  }
  if (!RunSetup(options)) return 5;
  std::vector<Tally> tallies(static_cast<size_t>(options.clients));
  const auto start = SteadyClock::now();
  const auto until = start + std::chrono::seconds(options.seconds);
  std::vector<std::thread> clients;
  for (int i = 0; i < options.clients; ++i) {
    clients.emplace_back(RunClient, std::cref(options), i, until,
                         &tallies[static_cast<size_t>(i)]);
  }
  for (std::thread& client : clients) client.join();
  const int64_t micros = std::chrono::duration_cast<std::chrono::microseconds>(
                             SteadyClock::now() - start)
                             .count();
  Tally total;
  for (const Tally& tally : tallies) {
    total.calls.Merge(tally.calls);
    total.accepted += tally.accepted;
    total.refused += tally.refused;
    if (total.error.empty()) total.error = tally.error;
  }
  Print(options, total, micros);
  if (total.error.empty()) return 0;
  std::fprintf(stderr, "load: %s\n", total.error.c_str());
  return 5;
}

}  // namespace
}  // namespace tally

int main(int argc, char** argv) {
  tally::Options options;
  CLI::App app("Posts events to a tallyd and reports rate and latency.");
  app.add_option("--server", options.server, "HOST:PORT of the server")
      ->capture_default_str();
  app.add_option("--clients", options.clients, "callers at the same time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_option("--batch", options.batch, "events in a call")
      ->check(CLI::Range(1, 8'000))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "how long to post")
      ->check(CLI::Range(1, 3'600))
      ->capture_default_str();
  app.add_option("--accounts", options.workload.accounts, "holdings to post to")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  app.add_option("--seed", options.workload.seed, "of the random choices")
      ->capture_default_str();
  app.add_option("--run", options.workload.run,
                 "prefix of this run's ids; another for each run on a ledger")
      ->required();
  app.add_flag("--json", options.json, "one line of JSON");
  app.add_flag("--allow-remote", options.allow_remote,
               "post to another machine than this one");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return tally::Run(options);
}
