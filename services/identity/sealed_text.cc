#include "services/identity/sealed_text.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "engine/base/check.h"
#include "services/identity/openssl_pointers.h"

namespace tally::identity {
namespace {

using CipherPointer = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

constexpr size_t kNonceBytes = 12;
constexpr size_t kTagBytes = 16;
// Of what is sealed; far above what anybody seals.
constexpr size_t kTextBytesMax = size_t{1} << 20;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string* text) {
  return reinterpret_cast<unsigned char*>(text->data());
}

std::string Mac(std::string_view key, std::string_view text) {
  std::string mac(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  TALLY_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                   Bytes(text), text.size(), Bytes(&mac), &size) != nullptr);
  mac.resize(size);
  return mac;
}

std::string NonceOf(std::string_view key, std::string_view bound,
                    std::string_view text) {
  std::string all = std::to_string(bound.size()) + ":";
  all += bound;
  all += text;
  return Mac(DeriveKey(key, "nonce"), all).substr(0, kNonceBytes);
}

// Both directions are alike but for who makes the tag.
bool Run(bool seal, std::string_view key, std::string_view bound,
         std::string_view nonce, std::string_view in, std::string* out,
         std::string* tag) {
  TALLY_CHECK(key.size() == kSealKeyBytes);
  const CipherPointer cipher(EVP_CIPHER_CTX_new());
  TALLY_CHECK(cipher != nullptr);
  EVP_CIPHER_CTX* const run = cipher.get();
  TALLY_CHECK(EVP_CipherInit_ex(run, EVP_aes_256_gcm(), nullptr, Bytes(key),
                                Bytes(nonce), seal ? 1 : 0) == 1);
  out->resize(in.size());
  int size = 0;
  TALLY_CHECK(EVP_CipherUpdate(run, nullptr, &size, Bytes(bound),
                               static_cast<int>(bound.size())) == 1);
  TALLY_CHECK(EVP_CipherUpdate(run, Bytes(out), &size, Bytes(in),
                               static_cast<int>(in.size())) == 1);
  if (!seal) {
    TALLY_CHECK(EVP_CIPHER_CTX_ctrl(run, EVP_CTRL_GCM_SET_TAG, kTagBytes,
                                    tag->data()) == 1);
  }
  unsigned char rest[EVP_MAX_BLOCK_LENGTH];
  if (EVP_CipherFinal_ex(run, rest, &size) != 1) return false;
  if (seal) {
    tag->resize(kTagBytes);
    TALLY_CHECK(EVP_CIPHER_CTX_ctrl(run, EVP_CTRL_GCM_GET_TAG, kTagBytes,
                                    tag->data()) == 1);
  }
  return true;
}

}  // namespace

std::string DeriveKey(std::string_view key, std::string_view purpose) {
  return Mac(key, purpose);
}

std::string SealText(std::string_view key, std::string_view bound,
                     std::string_view text) {
  TALLY_CHECK(text.size() <= kTextBytesMax);
  const std::string nonce = NonceOf(key, bound, text);
  std::string hidden;
  std::string tag;
  TALLY_CHECK(Run(true, key, bound, nonce, text, &hidden, &tag));
  return nonce + hidden + tag;
}

std::optional<std::string> OpenText(std::string_view key,
                                    std::string_view bound,
                                    std::string_view sealed) {
  if (sealed.size() < kNonceBytes + kTagBytes ||
      sealed.size() > kTextBytesMax) {
    return std::nullopt;
  }
  const std::string_view nonce = sealed.substr(0, kNonceBytes);
  const std::string_view hidden =
      sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string text;
  if (!Run(false, key, bound, nonce, hidden, &text, &tag)) return std::nullopt;
  return text;
}

}  // namespace tally::identity
