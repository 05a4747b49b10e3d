#include "tools/tally/secure_channel.h"

#include <fstream>
#include <sstream>

#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "tools/tally/connection.h"

namespace tally::cli {
namespace {

// The text of a file; "" where there is no path.
absl::StatusOr<std::string> ReadPem(const std::string& path) {
  if (path.empty()) return std::string();
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (file.good() && !text.str().empty()) return text.str();
  return absl::InvalidArgumentError(fmt::format("cannot read {}", path));
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenSecureChannel(
    const std::string& address, const ChannelSecurity& security) {
  if (security.authority.empty()) {
    if (security.certificate.empty()) return OpenChannel(address);
    return absl::InvalidArgumentError(
        "--cert is of no use without --ca: nothing says who the server is");
  }
  grpc::SslCredentialsOptions options;
  ASSIGN_OR_RETURN(options.pem_root_certs, ReadPem(security.authority));
  ASSIGN_OR_RETURN(options.pem_cert_chain, ReadPem(security.certificate));
  ASSIGN_OR_RETURN(options.pem_private_key, ReadPem(security.key));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kAnswerBytesMax);
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(options),
                                   arguments);
}

}  // namespace tally::cli
