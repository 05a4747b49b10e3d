#include "engine/base/sha256.h"

// The one-shot EVP interface fetches the algorithm on each call, which costs
// more than hashing a record; the plain functions do not.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace tally {

Sha256Digest Sha256(std::string_view first, std::string_view second,
                    std::string_view third) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, first.data(), first.size());
  if (!second.empty()) {
    SHA256_Update(&context, second.data(), second.size());
  }
  if (!third.empty()) SHA256_Update(&context, third.data(), third.size());
  Sha256Digest digest;
  SHA256_Final(digest.data(), &context);
  return digest;
}

}  // namespace tally
