#include "tests/services/identity/signed_token.h"

#include <openssl/pem.h>

#include "absl/strings/escaping.h"
#include "services/identity/openssl_pointers.h"

namespace tally::identity {

std::string EncodePart(std::string_view text) {
  return absl::WebSafeBase64Escape(absl::string_view(text.data(), text.size()));
}

std::string PublicPem(EVP_PKEY* key) {
  const BioPointer out(BIO_new(BIO_s_mem()));
  PEM_write_bio_PUBKEY(out.get(), key);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);  // NOLINT
  return {text, static_cast<size_t>(size)};
}

std::string SignBytes(EVP_PKEY* key, const std::string& message) {
  const DigestContextPointer context(EVP_MD_CTX_new());
  const bool ed = EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519;
  EVP_DigestSignInit(context.get(), nullptr, ed ? nullptr : EVP_sha256(),
                     nullptr, key);
  size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context.get(),
                 reinterpret_cast<unsigned char*>(signature.data()), &size,
                 bytes, message.size());
  signature.resize(size);
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return signature;
  const auto* der = reinterpret_cast<const unsigned char*>(signature.data());
  const SignaturePointer read(
      d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size)));  // NOLINT
  std::string raw(64, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(read.get()), out, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(read.get()), out + 32, 32);
  return raw;
}

std::string SignedToken(EVP_PKEY* key, std::string_view header,
                        std::string_view claims) {
  const std::string text = EncodePart(header) + "." + EncodePart(claims);
  return text + "." + EncodePart(SignBytes(key, text));
}

}  // namespace tally::identity
