#include "engine/log/salts.h"

#include <openssl/evp.h>

#include <cstring>
#include <memory>

#include "engine/base/check.h"
#include "engine/log/record_codec.h"

namespace tally {
namespace {

static_assert(kSaltBytes >= kSaltBytesMin && kSaltBytes <= kSaltBytesMax);

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const {
    EVP_CIPHER_CTX_free(context);
  }
};

}  // namespace

Salts::Salts(const std::optional<Sha256Digest>& seed) : seed_(seed) {}

std::string_view Salts::Next() {
  if (!seed_.has_value()) return {};
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
  const std::unique_ptr<EVP_CIPHER_CTX, Free> context(EVP_CIPHER_CTX_new());
  TALLY_CHECK(context != nullptr);
  TALLY_CHECK(EVP_EncryptInit_ex(context.get(), EVP_chacha20(), nullptr,
                                 seed_->data(), nonce.data()) == 1);
  auto* out = reinterpret_cast<unsigned char*>(bytes_.data());
  int written = 0;
  TALLY_CHECK(EVP_EncryptUpdate(context.get(), out, &written, out,
                                static_cast<int>(kBlockBytes)) == 1);
  TALLY_CHECK(written == static_cast<int>(kBlockBytes));
  used_ = 0;
}

}  // namespace tally
