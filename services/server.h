// The server: the services of tallystick.v1 on a ledger, with health,
// reflection and, on a listener of its own, channelz.
//
//   OneLedger ledgers(std::move(ledger));
//   ASSIGN_OR_RETURN(auto server, Server::Start(&ledgers, {}));
//   auto stub = v1::LedgerService::NewStub(server->InProcessChannel());

#ifndef TALLY_SERVICES_SERVER_H_
#define TALLY_SERVICES_SERVER_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/ledger/details.h"
#include "grpcpp/channel.h"
#include "services/gate.h"
#include "services/ledger_source.h"
#include "services/messages.h"

namespace tally::services {

struct ServerOptions {
  // HOST:PORT; port 0 takes a free one. Without TLS a loopback address. Empty:
  // nobody but InProcessChannel() can call.
  std::string listen;
  // For channelz, always on loopback and without TLS. Empty: there is none.
  std::string admin_listen;
  SecurityOptions security;
  // Where CreateBackup puts backups; empty: it makes none.
  std::string backup_folder;
  // Texts beside the log; nullptr: none are kept. Must outlive the server.
  Details* details = nullptr;
  RequestLimits limits;
  int window_batches = 16;  // unanswered, of one stream
  int streams_max = 1'000;
  int streams_of_one_max = 100;  // of a principal
  // A connection takes no new calls after this, give or take a tenth, and
  // ends when those under way have; clients connect again by themselves.
  std::chrono::milliseconds connection_age{3'600'000};
  // A connection without calls ends after this.
  std::chrono::milliseconds connection_idle{900'000};
  int read_threads = 4;
  size_t reads_queued_max = 1'000;
  std::chrono::milliseconds tick_interval{1'000};
  std::chrono::milliseconds beat_interval{5'000};
  // The most often that the log's head is signed without being asked for.
  std::chrono::milliseconds checkpoint_interval{1'000};
  // Called when posts begin or cease to be taken, from a thread of the server.
  std::function<void(const absl::Status&)> on_writes_changed;
};

class Server {
 public:
  // `ledgers` must outlive it.
  static absl::StatusOr<std::unique_ptr<Server>> Start(LedgerSource* ledgers,
                                                       ServerOptions options);
  // Drain()s with no time left.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The ports taken; 0 where there is no listener.
  int port() const;
  int admin_port() const;
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Says NOT_SERVING, ends the streams, takes no new calls and finishes those
  // under way, which are cancelled after `grace`; then closes the ledgers.
  void Drain(std::chrono::milliseconds grace);

 private:
  struct Rooms;

  explicit Server(std::unique_ptr<Rooms> rooms);

  const std::unique_ptr<Rooms> rooms_;
};

// Whether only this machine can reach a HOST:PORT to listen on.
bool IsLoopback(std::string_view address);

}  // namespace tally::services

#endif  // TALLY_SERVICES_SERVER_H_
