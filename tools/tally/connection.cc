#include "tools/tally/connection.h"

#include <future>
#include <utility>

#include "fmt/format.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace tally::cli {

using google::protobuf::Message;

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kAnswerBytesMax);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

Connection::Connection(std::shared_ptr<grpc::Channel> channel,
                       CallOptions options)
    : channel_(std::move(channel)), options_(std::move(options)) {}

grpc::Status Connection::Call(std::string_view method, const Message& request,
                              Message* response) const {
  grpc::ClientContext context;
  Prepare(&context);
  context.set_deadline(std::chrono::system_clock::now() + options_.timeout);
  std::promise<grpc::Status> done;
  grpc::TemplatedGenericStub<Message, Message> stub(channel_);
  stub.UnaryCall(&context, fmt::format("/tallystick.v1.{}", method), {},
                 &request, response,
                 [&done](grpc::Status status) { done.set_value(status); });
  return done.get_future().get();
}

Connection Connection::With(std::map<std::string, std::string> metadata) const {
  CallOptions options = options_;
  options.metadata = std::move(metadata);
  return Connection(channel_, std::move(options));
}

void Connection::Prepare(grpc::ClientContext* context) const {
  for (const auto& [key, value] : options_.metadata) {
    context->AddMetadata(key, value);
  }
}

}  // namespace tally::cli
