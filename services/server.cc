#include "services/server.h"

#include <array>
#include <atomic>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "grpc/health/v1/health.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "services/admin_service.h"
#include "services/balance_service.h"
#include "services/channelz_service.h"
#include "services/credit_service.h"
#include "services/ledger_service.h"
#include "services/long_calls.h"
#include "services/periodic.h"
#include "services/proof_service.h"
#include "services/reads.h"
#include "services/registry_service.h"
#include "services/system_clock.h"
#include "services/trace_service.h"
#include "services/worker_pool.h"

namespace tally::services {
namespace {

namespace v1 = tallystick::v1;

// Above our own limit, so that it is us who answer, by name.
constexpr int kReceiveBytesMax = 32 << 20;
constexpr int kKeepaliveMillis = 60'000;
constexpr int kKeepaliveTimeoutMillis = 20'000;
// The least time between pings that a client may send without calls.
constexpr int kPingIntervalMillis = 10'000;
constexpr std::array kReadServices = {
    "tallystick.v1.RegistryService", "tallystick.v1.BalanceService",
    "tallystick.v1.CreditService",   "tallystick.v1.TraceService",
    "tallystick.v1.ProofService",    "tallystick.v1.AdminService"};

absl::Status CheckLoopback(std::string_view what, std::string_view address) {
  if (address.empty() || IsLoopback(address)) return absl::OkStatus();
  return absl::InvalidArgumentError(fmt::format(
      "{} {}: without TLS only a loopback address can be listened on, such as "
      "127.0.0.1:50051",
      what, address));
}

// What all servers of a process share; before the first is built.
void Prepare() {
  static const bool prepared = [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    // Links the descriptor in: reflection lists the health service, and with
    // this can describe it as well.
    return grpc::health::v1::HealthCheckRequest::descriptor() != nullptr;
  }();
  static_cast<void>(prepared);
}

void Listen(const std::string& address,
            std::shared_ptr<grpc::ServerCredentials> credentials,
            grpc::ServerBuilder* builder, int* port) {
  if (address.empty()) return;
  builder->AddListeningPort(address, std::move(credentials), port);
  // A port has one server: another process on it would take half the calls.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

absl::Status NotListening(const std::string& address) {
  return absl::UnavailableError(fmt::format(
      "cannot listen on {}: it is in use, or no address of this machine",
      address));
}

}  // namespace

struct Server::Rooms {
  Rooms(LedgerSource* source, std::unique_ptr<Gate> guarded,
        ServerOptions given)
      : options(std::move(given)),
        gate(std::move(guarded)),
        ledgers(source),
        workers(options.read_threads, options.reads_queued_max),
        calls(
            {.calls = static_cast<size_t>(options.streams_max),
             .calls_of_one = static_cast<size_t>(options.streams_of_one_max)}),
        reads(ledgers, &workers, gate.get(), options.limits),
        ledger({.ledgers = ledgers,
                .workers = &workers,
                .calls = &calls,
                .reads = &reads,
                .gate = gate.get()},
               {.limits = options.limits,
                .window_batches = options.window_batches}),
        registry(&reads),
        balance(&reads),
        credit(&reads),
        trace(&reads),
        proof(&reads),
        administration(&reads, options.backup_folder, options.details) {}

  absl::Status Build();
  absl::Status BuildAdmin();
  // Tells health what the ledger says.
  void Check();

  const ServerOptions options;
  const std::unique_ptr<Gate> gate;
  LedgerSource* const ledgers;
  WorkerPool workers;
  LongCalls calls;
  Reads reads;
  LedgerService ledger;
  RegistryService registry;
  BalanceService balance;
  CreditService credit;
  TraceService trace;
  ProofService proof;
  AdminService administration;
  ChannelzService channelz;

  int port = 0;
  int admin_port = 0;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<grpc::Server> admin;
  std::atomic<bool> drained = false;
  std::optional<bool> writing;  // as told last; used by Check()
  std::optional<Periodic> ticks;
  std::optional<Periodic> beats;
  std::optional<Periodic> checkpoints;
};

absl::Status Server::Rooms::Build() {
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kReceiveBytesMax);
  builder.SetMaxSendMessageSize(-1);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMillis);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             kKeepaliveTimeoutMillis);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      kPingIntervalMillis);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                             static_cast<int>(options.connection_age.count()));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             static_cast<int>(options.connection_idle.count()));
  std::shared_ptr<grpc::ServerCredentials> credentials =
      grpc::InsecureServerCredentials();
  if (options.security.HasTls()) {
    ASSIGN_OR_RETURN(credentials, identity::ServerTls(options.security.tls));
  }
  Listen(options.listen, std::move(credentials), &builder, &port);
  builder.RegisterService(&ledger);
  builder.RegisterService(&registry);
  builder.RegisterService(&balance);
  builder.RegisterService(&credit);
  builder.RegisterService(&trace);
  builder.RegisterService(&proof);
  builder.RegisterService(&administration);
  server = builder.BuildAndStart();
  if (server == nullptr) return NotListening(options.listen);
  return absl::OkStatus();
}

absl::Status Server::Rooms::BuildAdmin() {
  if (options.admin_listen.empty()) return absl::OkStatus();
  grpc::ServerBuilder builder;
  Listen(options.admin_listen, grpc::InsecureServerCredentials(), &builder,
         &admin_port);
  builder.RegisterService(&channelz);
  admin = builder.BuildAndStart();
  if (admin == nullptr) return NotListening(options.admin_listen);
  return absl::OkStatus();
}

void Server::Rooms::Check() {
  const absl::Status writes = ledgers->writes();
  if (writing == writes.ok()) return;
  writing = writes.ok();
  grpc::HealthCheckServiceInterface* health = server->GetHealthCheckService();
  // Reads go on when the ledger has stopped.
  for (const char* name : kReadServices) health->SetServingStatus(name, true);
  health->SetServingStatus("tallystick.v1.LedgerService", writes.ok());
  health->SetServingStatus("", writes.ok());
  if (options.on_writes_changed) options.on_writes_changed(writes);
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(LedgerSource* ledgers,
                                                      ServerOptions options) {
  absl::Status status = options.security.HasTls()
                            ? absl::OkStatus()
                            : CheckLoopback("listen", options.listen);
  if (status.ok()) status = CheckLoopback("admin-listen", options.admin_listen);
  if (!status.ok()) return status;
  Prepare();
  static const SystemClock clock;
  ASSIGN_OR_RETURN(std::unique_ptr<Gate> gate,
                   Gate::Create(options.security, &clock));
  auto rooms =
      std::make_unique<Rooms>(ledgers, std::move(gate), std::move(options));
  status = rooms->Build();
  if (status.ok()) status = rooms->BuildAdmin();
  // Not make_unique: the constructor is private. Its destructor stops what was
  // started.
  std::unique_ptr<Server> server(new Server(std::move(rooms)));
  if (!status.ok()) return status;
  Rooms* const built = server->rooms_.get();
  built->Check();
  built->ticks.emplace(built->options.tick_interval, [built] {
    built->ledgers->Tick();
    built->gate->Refresh();
    built->Check();
  });
  built->beats.emplace(built->options.beat_interval,
                       [built] { built->calls.BeatAll(); });
  built->checkpoints.emplace(built->options.checkpoint_interval,
                             [built] { built->ledgers->MakeCheckpoint(); });
  return server;
}

Server::Server(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}

Server::~Server() { Drain(std::chrono::milliseconds(0)); }

int Server::port() const { return rooms_->port; }

int Server::admin_port() const { return rooms_->admin_port; }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetMaxSendMessageSize(-1);
  return rooms_->server->InProcessChannel(arguments);
}

void Server::Drain(std::chrono::milliseconds grace) {
  Rooms& rooms = *rooms_;
  if (rooms.drained.exchange(true)) return;
  rooms.ticks.reset();
  rooms.checkpoints.reset();
  const auto deadline = std::chrono::system_clock::now() + grace;
  if (rooms.server != nullptr) {
    rooms.server->GetHealthCheckService()->Shutdown();
    rooms.calls.DrainAll();
    rooms.server->Shutdown(deadline);
  }
  if (rooms.admin != nullptr) rooms.admin->Shutdown(deadline);
  rooms.beats.reset();
  rooms.ledgers->Close();
}

bool IsLoopback(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (address.starts_with("unix:")) return true;
  if (colon == std::string_view::npos) return false;
  const std::string_view host = address.substr(0, colon);
  return host == "localhost" || host == "[::1]" || host == "127.0.0.1" ||
         (host.starts_with("127.") &&
          host.find_first_not_of("0123456789.") == std::string_view::npos);
}

}  // namespace tally::services
