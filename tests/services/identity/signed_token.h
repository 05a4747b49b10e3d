// Tokens for tests: keys, and what is signed with them.

#ifndef TALLY_TESTS_SERVICES_IDENTITY_SIGNED_TOKEN_H_
#define TALLY_TESTS_SERVICES_IDENTITY_SIGNED_TOKEN_H_

#include <openssl/evp.h>

#include <string>
#include <string_view>

namespace tally::identity {

// In base64url, without padding.
std::string EncodePart(std::string_view text);

std::string PublicPem(EVP_PKEY* key);

// As JWS has it: of an elliptic curve, both numbers one after the other.
std::string SignBytes(EVP_PKEY* key, const std::string& message);

// HEADER.CLAIMS.SIGNATURE
std::string SignedToken(EVP_PKEY* key, std::string_view header,
                        std::string_view claims);

}  // namespace tally::identity

#endif  // TALLY_TESTS_SERVICES_IDENTITY_SIGNED_TOKEN_H_
