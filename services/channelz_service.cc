#include "services/channelz_service.h"

#include <memory>
#include <string>

#include "google/protobuf/util/json_util.h"
#include "grpc/grpc.h"
#include "grpc/support/alloc.h"
#include "services/errors.h"

namespace tally::services {
namespace {

namespace channelz = grpc::channelz::v1;

// gRPC's core answers in JSON, or nothing for what is not there. Frees it.
grpc::Status Answer(char* json, google::protobuf::Message* out) {
  const std::unique_ptr<char, decltype(&gpr_free)> owned(json, &gpr_free);
  if (json == nullptr) {
    return ToGrpc(Error(absl::StatusCode::kNotFound, "NOT_FOUND",
                        "no such server, channel or socket"));
  }
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, out);
  if (parsed.ok()) return grpc::Status::OK;
  return ToGrpc(Error(absl::StatusCode::kInternal, "INTERNAL",
                      "channelz: " + parsed.ToString()));
}

}  // namespace

grpc::Status ChannelzService::GetTopChannels(
    grpc::ServerContext* /*context*/, const channelz::GetTopChannelsRequest* in,
    channelz::GetTopChannelsResponse* out) {
  return Answer(grpc_channelz_get_top_channels(in->start_channel_id()), out);
}

grpc::Status ChannelzService::GetServers(grpc::ServerContext* /*context*/,
                                         const channelz::GetServersRequest* in,
                                         channelz::GetServersResponse* out) {
  return Answer(grpc_channelz_get_servers(in->start_server_id()), out);
}

grpc::Status ChannelzService::GetServer(grpc::ServerContext* /*context*/,
                                        const channelz::GetServerRequest* in,
                                        channelz::GetServerResponse* out) {
  return Answer(grpc_channelz_get_server(in->server_id()), out);
}

grpc::Status ChannelzService::GetServerSockets(
    grpc::ServerContext* /*context*/,
    const channelz::GetServerSocketsRequest* in,
    channelz::GetServerSocketsResponse* out) {
  return Answer(grpc_channelz_get_server_sockets(
                    in->server_id(), in->start_socket_id(), in->max_results()),
                out);
}

grpc::Status ChannelzService::GetChannel(grpc::ServerContext* /*context*/,
                                         const channelz::GetChannelRequest* in,
                                         channelz::GetChannelResponse* out) {
  return Answer(grpc_channelz_get_channel(in->channel_id()), out);
}

grpc::Status ChannelzService::GetSubchannel(
    grpc::ServerContext* /*context*/, const channelz::GetSubchannelRequest* in,
    channelz::GetSubchannelResponse* out) {
  return Answer(grpc_channelz_get_subchannel(in->subchannel_id()), out);
}

grpc::Status ChannelzService::GetSocket(grpc::ServerContext* /*context*/,
                                        const channelz::GetSocketRequest* in,
                                        channelz::GetSocketResponse* out) {
  return Answer(grpc_channelz_get_socket(in->socket_id()), out);
}

}  // namespace tally::services
