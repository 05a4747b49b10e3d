// Channels over TLS.

#ifndef TALLY_TOOLS_TALLY_SECURE_CHANNEL_H_
#define TALLY_TOOLS_TALLY_SECURE_CHANNEL_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

namespace tally::cli {

// How the server is known, and who calls: paths of PEM files. Without
// authority the channel is not encrypted.
struct ChannelSecurity {
  std::string authority;    // who vouches for the server
  std::string certificate;  // the caller's own, with its key; or none
  std::string key;
};

// As OpenChannel(). INVALID_ARGUMENT for a file that cannot be read.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenSecureChannel(
    const std::string& address, const ChannelSecurity& security);

}  // namespace tally::cli

#endif  // TALLY_TOOLS_TALLY_SECURE_CHANNEL_H_
