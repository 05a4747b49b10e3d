// Who the client's certificate says it is.

#ifndef TALLY_SERVICES_IDENTITY_PEER_NAME_H_
#define TALLY_SERVICES_IDENTITY_PEER_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/security/auth_context.h"

namespace tally::identity {

// The SPIFFE ID among the certificate's alternative names, as it stands there;
// else, only where `common_names` says so, "CN=" and its common name.
// UNAUTHENTICATED where the connection has no such certificate.
absl::StatusOr<std::string> PeerName(const grpc::AuthContext& peer,
                                     bool common_names);

}  // namespace tally::identity

#endif  // TALLY_SERVICES_IDENTITY_PEER_NAME_H_
