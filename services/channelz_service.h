// channelz: what gRPC knows about its own servers and sockets.
//
// A service of ours and not gRPC's plugin, because a plugin is installed in
// every server of the process and this belongs on the admin listener alone.

#ifndef TALLY_SERVICES_CHANNELZ_SERVICE_H_
#define TALLY_SERVICES_CHANNELZ_SERVICE_H_

#include "grpc/channelz/v1/channelz.grpc.pb.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"

namespace tally::services {

class ChannelzService final : public grpc::channelz::v1::Channelz::Service {
 public:
  grpc::Status GetTopChannels(
      grpc::ServerContext* context,
      const grpc::channelz::v1::GetTopChannelsRequest* in,
      grpc::channelz::v1::GetTopChannelsResponse* out) override;
  grpc::Status GetServers(grpc::ServerContext* context,
                          const grpc::channelz::v1::GetServersRequest* in,
                          grpc::channelz::v1::GetServersResponse* out) override;
  grpc::Status GetServer(grpc::ServerContext* context,
                         const grpc::channelz::v1::GetServerRequest* in,
                         grpc::channelz::v1::GetServerResponse* out) override;
  grpc::Status GetServerSockets(
      grpc::ServerContext* context,
      const grpc::channelz::v1::GetServerSocketsRequest* in,
      grpc::channelz::v1::GetServerSocketsResponse* out) override;
  grpc::Status GetChannel(grpc::ServerContext* context,
                          const grpc::channelz::v1::GetChannelRequest* in,
                          grpc::channelz::v1::GetChannelResponse* out) override;
  grpc::Status GetSubchannel(
      grpc::ServerContext* context,
      const grpc::channelz::v1::GetSubchannelRequest* in,
      grpc::channelz::v1::GetSubchannelResponse* out) override;
  grpc::Status GetSocket(grpc::ServerContext* context,
                         const grpc::channelz::v1::GetSocketRequest* in,
                         grpc::channelz::v1::GetSocketResponse* out) override;
};

}  // namespace tally::services

#endif  // TALLY_SERVICES_CHANNELZ_SERVICE_H_
