// What a flood by one principal does to the calls of another.
//
//   build/bench/bench/fairness --seconds 5 --clients 16 --batch 100
//
// Starts a server with TLS, as tallyd would, in a folder of its own. `quiet`
// posts one event after the other, first alone and then while `flood` posts
// batches from many connections as fast as it can and never waits as it is
// told to. The flood runs in a process of the lowest priority: on machines of
// its own it would not take the server's processor.

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "bench/client/histogram.h"
#include "engine/base/uuid.h"
#include "engine/ledger/ledger.h"
#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "services/identity/development_keys.h"
#include "services/ledger_source.h"
#include "services/server.h"
#include "services/settings.h"
#include "services/system_clock.h"
#include "tallystick/v1/ledger_service.grpc.pb.h"

namespace tally::bench {
namespace {

namespace fs = std::filesystem;
namespace v1 = tallystick::v1;
using std::chrono::steady_clock;

struct Options {
  int seconds = 5;
  int clients = 16;
  int batch = 100;
  int64_t calls_per_second = services::Settings().calls_per_second;
  int64_t events_per_second = services::Settings().events_per_second;
  double ratio_max = 0;  // 0: none
};

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::unique_ptr<v1::LedgerService::Stub> Connect(const fs::path& keys,
                                                 const std::string& client,
                                                 int port, int number) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ReadFile(keys / "ca.crt");
  options.pem_cert_chain = ReadFile(keys / (client + ".crt"));
  options.pem_private_key = ReadFile(keys / (client + ".key"));
  grpc::ChannelArguments arguments;
  // A connection each, instead of one that all share.
  arguments.SetInt("tally.connection", number);
  return v1::LedgerService::NewStub(
      grpc::CreateCustomChannel(fmt::format("localhost:{}", port),
                                grpc::SslCredentials(options), arguments));
}

// Events of 2025-01-01 with ids of their own.
class Events {
 public:
  explicit Events(std::string name) : name_(std::move(name)) {}

  v1::Event* Add(v1::PostEventsRequest* request) {
    v1::Event* event = request->add_events();
    event->set_id(UuidOfName(fmt::format("{} {}", name_, count_++)).ToString());
    event->mutable_occurred_at()->set_seconds(1'735'689'600);
    return event;
  }
  void AddReceipt(const std::string& site, v1::PostEventsRequest* request) {
    v1::Receive* receive = Add(request)->mutable_receive();
    receive->set_site(site);
    receive->set_product("oil");
    receive->set_quantity("1");
    receive->set_supplier("supplier");
  }

 private:
  const std::string name_;
  int64_t count_ = 0;
};

grpc::Status Post(v1::LedgerService::Stub* stub,
                  const v1::PostEventsRequest& request,
                  v1::PostEventsResponse* response) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(30));
  return stub->PostEvents(&context, request, response);
}

bool MakeWorld(const fs::path& keys, int port) {
  const auto stub = Connect(keys, "admin", port, 0);
  Events events("world");
  v1::PostEventsRequest request;
  v1::DefineProduct* product = events.Add(&request)->mutable_define_product();
  product->set_product("oil");
  product->set_unit("KGM");
  product->set_decimals(0);
  for (const std::string name : {"quiet", "flood"}) {
    v1::RegisterParty* party = events.Add(&request)->mutable_register_party();
    party->set_party(name);
    party->add_roles(v1::PARTY_ROLE_OPERATOR);
    v1::RegisterSite* site = events.Add(&request)->mutable_register_site();
    site->set_site(name);
    site->set_party(name);
    v1::BindPrincipal* bind = events.Add(&request)->mutable_bind_principal();
    bind->set_principal("spiffe://tallystick.test/" + name);
    bind->set_party(name);
    bind->add_roles(v1::PARTY_ROLE_OPERATOR);
  }
  v1::PostEventsResponse response;
  const grpc::Status status = Post(stub.get(), request, &response);
  for (const v1::Outcome& outcome : response.outcomes()) {
    if (outcome.has_accepted()) continue;
    fmt::print(stderr, "{}\n", outcome.ShortDebugString());
    return false;
  }
  if (!status.ok()) fmt::print(stderr, "{}\n", status.error_message());
  return status.ok();
}

Histogram Measure(const fs::path& keys, int port, const Options& options,
                  const std::string& run) {
  const auto stub = Connect(keys, "quiet", port, 0);
  Events events(run);
  Histogram latency;
  const auto end = steady_clock::now() + std::chrono::seconds(options.seconds);
  while (steady_clock::now() < end) {
    v1::PostEventsRequest request;
    events.AddReceipt("quiet", &request);
    v1::PostEventsResponse response;
    const auto begin = steady_clock::now();
    const grpc::Status status = Post(stub.get(), request, &response);
    if (!status.ok() || !response.outcomes(0).has_accepted()) {
      fmt::print(stderr, "quiet was refused: {}\n", status.error_message());
      std::_Exit(1);
    }
    latency.Add(std::chrono::duration_cast<std::chrono::nanoseconds>(
                    steady_clock::now() - begin)
                    .count());
    // A little less than it may.
    std::this_thread::sleep_until(begin + std::chrono::milliseconds(2));
  }
  return latency;
}

// Of the process that floods: never returns.
[[noreturn]] void Flood(const fs::path& folder, const Options& options) {
  if (nice(19) == -1) std::perror("nice");
  const fs::path go = folder / "port";
  while (!fs::exists(go)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const int port = std::stoi(ReadFile(go));
  std::vector<std::thread> threads;
  for (int i = 0; i < options.clients; ++i) {
    threads.emplace_back([&, i] {
      const auto stub = Connect(folder / "keys", "flood", port, i);
      Events events(fmt::format("flood {}", i));
      while (true) {
        v1::PostEventsRequest request;
        for (int n = 0; n < options.batch; ++n) {
          events.AddReceipt("flood", &request);
        }
        v1::PostEventsResponse response;
        static_cast<void>(Post(stub.get(), request, &response));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::_Exit(0);
}

void Print(std::string_view what, const Histogram& latency) {
  fmt::print("| {} | {} | {:.2f} ms | {:.2f} ms |\n", what, latency.count(),
             static_cast<double>(latency.Percentile(500'000)) / 1e6,
             static_cast<double>(latency.Percentile(990'000)) / 1e6);
}

int Run(const Options& options, const fs::path& folder, pid_t flood) {
  const services::SystemClock clock;
  auto ledger = Ledger::Open({.directory = (folder / "data").string(),
                              .new_ledger = UuidOfName("fairness"),
                              .clock = &clock});
  if (!ledger.ok()) return 1;
  services::OneLedger ledgers(*std::move(ledger));
  services::SecurityOptions security;
  const fs::path keys = folder / "keys";
  security.tls = {.certificate = (keys / "server.crt").string(),
                  .key = (keys / "server.key").string(),
                  .client_authority = (keys / "ca.crt").string()};
  security.administrator = "spiffe://tallystick.test/admin";
  security.calls_per_second = options.calls_per_second;
  security.calls_at_once = 2 * options.calls_per_second;
  security.events_per_second = options.events_per_second;
  auto server = services::Server::Start(
      &ledgers, {.listen = "127.0.0.1:0", .security = std::move(security)});
  if (!server.ok()) return 1;
  const int port = (*server)->port();
  if (!MakeWorld(keys, port)) return 1;
  const Histogram alone = Measure(keys, port, options, "alone");
  std::ofstream(folder / "port.new") << port;
  fs::rename(folder / "port.new", folder / "port");
  std::this_thread::sleep_for(std::chrono::seconds(1));
  const Histogram flooded = Measure(keys, port, options, "flooded");
  kill(flood, SIGKILL);
  fmt::print(
      "| quiet's calls | count | p50 | p99 |\n| --- | --- | --- | --- "
      "|\n");
  Print("alone", alone);
  Print("while flooded", flooded);
  const double ratio = static_cast<double>(flooded.Percentile(990'000)) /
                       static_cast<double>(alone.Percentile(990'000));
  fmt::print("p99 while flooded is {:.2f} times that alone\n", ratio);
  (*server)->Drain(std::chrono::seconds(5));
  return options.ratio_max > 0 && ratio > options.ratio_max ? 1 : 0;
}

int Main(int argc, char** argv) {
  Options options;
  CLI::App app("What a flood by one principal does to another");
  app.add_option("--seconds", options.seconds, "of each measurement");
  app.add_option("--clients", options.clients, "connections that flood");
  app.add_option("--batch", options.batch, "events of a flooding call");
  app.add_option("--calls-per-second", options.calls_per_second,
                 "as tallyd has it; 0: no limit, only turns");
  app.add_option("--events-per-second", options.events_per_second, "likewise");
  app.add_option("--ratio-max", options.ratio_max,
                 "end with 1 where p99 grows more than that");
  CLI11_PARSE(app, argc, argv);
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("tally-fairness-{}", getpid());
  fs::create_directories(folder);
  const auto made =
      identity::WriteDevelopmentKeys({.directory = (folder / "keys").string(),
                                      .clients = {"admin", "quiet", "flood"}});
  if (!made.ok()) return 1;
  // Before gRPC has threads.
  const pid_t flood = fork();
  if (flood == 0) Flood(folder, options);
  const int code = Run(options, folder, flood);
  kill(flood, SIGKILL);
  waitpid(flood, nullptr, 0);
  fs::remove_all(folder);
  return code;
}

}  // namespace
}  // namespace tally::bench

int main(int argc, char** argv) { return tally::bench::Main(argc, argv); }
