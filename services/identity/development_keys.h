// Keys and certificates for development: an authority of one's own, a server's
// certificate and those of clients, each in a file of its own.

#ifndef TALLY_SERVICES_IDENTITY_DEVELOPMENT_KEYS_H_
#define TALLY_SERVICES_IDENTITY_DEVELOPMENT_KEYS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace tally::identity {

struct DevelopmentKeys {
  std::string directory;
  // Clients by name: NAME has the SPIFFE ID spiffe://TRUST_DOMAIN/NAME.
  std::vector<std::string> clients;
  std::string trust_domain = "tallystick.test";
  // Of the server, besides localhost: names or addresses.
  std::vector<std::string> hosts;
  int days = 30;
};

// The SPIFFE ID of a client.
std::string SpiffeId(const DevelopmentKeys& keys, const std::string& client);

// Writes ca.crt, ca.key, server.crt, server.key and NAME.crt, NAME.key into
// the directory, which it makes; keys are readable by their owner alone. An
// authority that is there already is used again. ALREADY_EXISTS, and nothing
// written, where a certificate is there.
absl::Status WriteDevelopmentKeys(const DevelopmentKeys& keys);

}  // namespace tally::identity

#endif  // TALLY_SERVICES_IDENTITY_DEVELOPMENT_KEYS_H_
