// How commands reach a ledger: a channel, and calls by the name of a method.
//
//   Connection connection(channel, {.timeout = 30s});
//   v1::GetBalanceResponse response;
//   grpc::Status status =
//       connection.Call("BalanceService/GetBalance", request, &response);
//
// Calls block until the answer or the deadline. Safe to use from several
// threads.

#ifndef TALLY_TOOLS_TALLY_CONNECTION_H_
#define TALLY_TOOLS_TALLY_CONNECTION_H_

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"

namespace tally::cli {

// The largest answer taken in; the API sends none that is larger.
inline constexpr int kAnswerBytesMax = 64 << 20;

struct CallOptions {
  std::chrono::milliseconds timeout{30'000};
  std::map<std::string, std::string> metadata;
};

// A channel to `address`, "HOST:PORT" or another address that gRPC takes. It
// connects when it is first used.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address);

class Connection {
 public:
  Connection(std::shared_ptr<grpc::Channel> channel, CallOptions options);

  // `method` is "SERVICE/METHOD", without the package.
  grpc::Status Call(std::string_view method,
                    const google::protobuf::Message& request,
                    google::protobuf::Message* response) const;

  // The same ledger, with these metadata instead.
  Connection With(std::map<std::string, std::string> metadata) const;

  // Gives `context` the metadata; streams have no deadline.
  void Prepare(grpc::ClientContext* context) const;

  std::chrono::milliseconds timeout() const { return options_.timeout; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  CallOptions options_;
};

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_CONNECTION_H_
