// TLS of the server's ports, from files that are read again when they change.

#ifndef TALLY_SERVICES_IDENTITY_TLS_H_
#define TALLY_SERVICES_IDENTITY_TLS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/security/server_credentials.h"

namespace tally::identity {

enum class ClientCertificates : uint8_t {
  kRequired,  // a connection without one, or with one of a stranger, fails
  kOptional,  // who has none needs a token; one that is given is checked
};

struct TlsFiles {
  std::string certificate;       // the server's chain, PEM
  std::string key;               // of it, PEM
  std::string client_authority;  // who may vouch for clients, PEM
  ClientCertificates clients = ClientCertificates::kRequired;
};

// INVALID_ARGUMENT where a file cannot be used, or others may read the key.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ServerTls(
    const TlsFiles& files);

}  // namespace tally::identity

#endif  // TALLY_SERVICES_IDENTITY_TLS_H_
