// The public keys that tokens may be signed with, from a JWKS or PEM file.
//
// Each key is good for one algorithm, which follows from what sort of key it
// is: a token cannot choose to have an RSA key taken for something else.

#ifndef TALLY_SERVICES_IDENTITY_KEY_SET_H_
#define TALLY_SERVICES_IDENTITY_KEY_SET_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/identity/openssl_pointers.h"

namespace tally::identity {

enum class Algorithm : uint8_t { kRs256, kEs256, kEdDsa };

// "RS256"; and back, nullptr-safe: none for every other text, "none" included.
std::string_view Name(Algorithm algorithm);
bool ParseAlgorithm(std::string_view text, Algorithm* out);

struct PublicKey {
  std::string id;  // `kid`; empty in PEM files
  Algorithm algorithm = Algorithm::kEs256;
  KeyPointer key;
};

// Takes RSA keys of 2,048 bits or more, P-256 and Ed25519. INVALID_ARGUMENT
// for a file with another key, with a private one, or with none.
absl::StatusOr<std::vector<PublicKey>> ReadKeys(std::string_view text);

// Whether `signature`, as tokens carry it, is the key's on `message`.
bool Verifies(const PublicKey& key, std::string_view message,
              std::string_view signature);

}  // namespace tally::identity

#endif  // TALLY_SERVICES_IDENTITY_KEY_SET_H_
