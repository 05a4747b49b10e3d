// Ed25519 signatures (RFC 8032), by OpenSSL.
//
//   const Ed25519PublicKey key = Ed25519KeyOf(seed);
//   TALLY_CHECK(Ed25519Verify(key, text, Ed25519Sign(seed, text)));

#ifndef TALLY_ENGINE_BASE_ED25519_H_
#define TALLY_ENGINE_BASE_ED25519_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace tally {

// The private key, as RFC 8032 calls it: any 32 random bytes.
using Ed25519Seed = std::array<uint8_t, 32>;
using Ed25519PublicKey = std::array<uint8_t, 32>;
using Ed25519Signature = std::array<uint8_t, 64>;

Ed25519PublicKey Ed25519KeyOf(const Ed25519Seed& seed);

// The same text gives the same signature.
Ed25519Signature Ed25519Sign(const Ed25519Seed& seed, std::string_view text);

// False for everything else, whatever is handed in.
bool Ed25519Verify(const Ed25519PublicKey& key, std::string_view text,
                   const Ed25519Signature& signature);

}  // namespace tally

#endif  // TALLY_ENGINE_BASE_ED25519_H_
