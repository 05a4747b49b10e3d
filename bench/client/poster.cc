#include "bench/client/poster.h"

#include <utility>

namespace tally::bench {

std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& server,
                                                    int connections) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < connections; ++i) {
    channels.push_back(grpc::CreateCustomChannel(
        server, grpc::InsecureChannelCredentials(), arguments));
  }
  return channels;
}

bool IsLoopback(std::string_view server) {
  const std::string_view host = server.substr(0, server.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  // A name such as 127.example.org is not an address.
  return host.starts_with("127.") &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

grpc::ByteBuffer Borrowed(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size(),
                          grpc::Slice::STATIC_SLICE);
  return {&slice, 1};
}

std::string BytesOf(const grpc::ByteBuffer& message) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!message.Dump(&slices).ok()) return bytes;
  bytes.reserve(message.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace tally::bench
