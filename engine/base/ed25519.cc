#include "engine/base/ed25519.h"

#include <openssl/evp.h>

#include <cstddef>
#include <memory>

#include "engine/base/check.h"

namespace tally {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

const unsigned char* BytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Any 32 bytes are a private key, so that this fails for want of memory alone.
Key PrivateKey(const Ed25519Seed& seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(),
                                       seed.size()));
  TALLY_CHECK(key != nullptr);
  return key;
}

}  // namespace

Ed25519PublicKey Ed25519KeyOf(const Ed25519Seed& seed) {
  const Key key = PrivateKey(seed);
  Ed25519PublicKey bytes;
  size_t size = bytes.size();
  TALLY_CHECK(EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) == 1);
  TALLY_CHECK(size == bytes.size());
  return bytes;
}

Ed25519Signature Ed25519Sign(const Ed25519Seed& seed, std::string_view text) {
  const Key key = PrivateKey(seed);
  const Context context(EVP_MD_CTX_new());
  TALLY_CHECK(context != nullptr);
  TALLY_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr,
                                 key.get()) == 1);
  Ed25519Signature signature;
  size_t size = signature.size();
  TALLY_CHECK(EVP_DigestSign(context.get(), signature.data(), &size,
                             BytesOf(text), text.size()) == 1);
  TALLY_CHECK(size == signature.size());
  return signature;
}

bool Ed25519Verify(const Ed25519PublicKey& key, std::string_view text,
                   const Ed25519Signature& signature) {
  const Key opened(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                               key.data(), key.size()));
  const Context context(EVP_MD_CTX_new());
  if (opened == nullptr || context == nullptr) return false;
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                              opened.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          BytesOf(text), text.size()) == 1;
}

}  // namespace tally
