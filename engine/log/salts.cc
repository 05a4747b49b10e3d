#include "engine/log/salts.h"

#include <openssl/evp.h>

#include <cstring>

#include "engine/base/check.h"
#include "engine/log/record_codec.h"

namespace tally {
namespace {

static_assert(kSaltBytes >= kSaltBytesMin && kSaltBytes <= kSaltBytesMax);

// OpenSSL looks for the cipher by its name, which takes as long as a block:
// once is enough.
EVP_CIPHER_CTX* NewCipher(const std::optional<Sha256Digest>& seed) {
  if (!seed.has_value()) return nullptr;
  EVP_CIPHER_CTX* const cipher = EVP_CIPHER_CTX_new();
  TALLY_CHECK(cipher != nullptr);
  TALLY_CHECK(EVP_EncryptInit_ex(cipher, EVP_chacha20(), nullptr, seed->data(),
                                 nullptr) == 1);
  return cipher;
}

}  // namespace

Salts::Salts(const std::optional<Sha256Digest>& seed)
    : cipher_(NewCipher(seed)) {}

Salts::~Salts() { EVP_CIPHER_CTX_free(cipher_); }

std::string_view Salts::Next() {
  if (cipher_ == nullptr) return {};
  if (used_ == kBlockBytes) Fill();
  const std::string_view salt(bytes_.data() + used_, kSaltBytes);
  used_ += kSaltBytes;
  return salt;
}

void Salts::Fill() {
  // Each block has a nonce of its own: the number of the block in the last 8
  // of the 16 bytes that hold counter and nonce.
  std::array<uint8_t, 16> nonce{};
  std::memcpy(nonce.data() + 8, &block_, sizeof block_);
  ++block_;
  bytes_.fill(0);
  TALLY_CHECK(EVP_EncryptInit_ex(cipher_, nullptr, nullptr, nullptr,
                                 nonce.data()) == 1);
  auto* out = reinterpret_cast<unsigned char*>(bytes_.data());
  int written = 0;
  TALLY_CHECK(EVP_EncryptUpdate(cipher_, out, &written, out,
                                static_cast<int>(kBlockBytes)) == 1);
  TALLY_CHECK(written == static_cast<int>(kBlockBytes));
  used_ = 0;
}

}  // namespace tally
