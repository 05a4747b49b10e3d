#include "services/identity/key_set.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace tally::identity {
namespace {

constexpr int kRsaBitsMin = 2'048;
constexpr size_t kKeysMax = 64;
constexpr size_t kCoordinateBytes = 32;
constexpr char kPemBegin[] = "-----BEGIN ";

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

absl::Status Bad(std::string_view why) {
  ERR_clear_error();
  return absl::InvalidArgumentError(ToAbsl(why));
}

// What a key is good for; none for keys that are not taken.
std::optional<Algorithm> AlgorithmOf(const EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      if (EVP_PKEY_get_bits(key) < kRsaBitsMin) return std::nullopt;
      return Algorithm::kRs256;
    case EVP_PKEY_EC: {
      char group[32] = {};
      size_t length = 0;
      if (EVP_PKEY_get_group_name(key, group, sizeof(group), &length) != 1) {
        return std::nullopt;
      }
      if (std::string_view(group, length) != "prime256v1") return std::nullopt;
      return Algorithm::kEs256;
    }
    case EVP_PKEY_ED25519:
      return Algorithm::kEdDsa;
    default:
      return std::nullopt;
  }
}

absl::StatusOr<std::vector<PublicKey>> ReadPem(std::string_view text) {
  BioPointer in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  std::vector<PublicKey> keys;
  while (keys.size() < kKeysMax) {
    KeyPointer key(PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr));
    if (key == nullptr) break;
    const std::optional<Algorithm> algorithm = AlgorithmOf(key.get());
    if (!algorithm.has_value()) {
      return Bad("a key is none of RSA (2048 bits or more), P-256, Ed25519");
    }
    keys.push_back({.id = "", .algorithm = *algorithm, .key = std::move(key)});
  }
  ERR_clear_error();
  if (keys.empty()) return Bad("there is no PUBLIC KEY in it");
  return keys;
}

// A member of a JSON Web Key, decoded from base64url.
std::optional<std::string> Member(const nlohmann::json& key, const char* name) {
  const auto found = key.find(name);
  if (found == key.end() || !found->is_string()) return std::nullopt;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(found->get<std::string>(), &bytes)) {
    return std::nullopt;
  }
  return bytes;
}

KeyPointer FromParams(const char* type, OSSL_PARAM_BLD* builder) {
  const ParamsPointer params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContextPointer context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (params == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                        params.get()) != 1) {
    return nullptr;
  }
  return KeyPointer(key);
}

KeyPointer RsaKey(const nlohmann::json& jwk) {
  const auto n = Member(jwk, "n");
  const auto e = Member(jwk, "e");
  if (!n.has_value() || !e.has_value()) return nullptr;
  const NumberPointer modulus(
      BN_bin2bn(Bytes(*n), static_cast<int>(n->size()), nullptr));
  const NumberPointer exponent(
      BN_bin2bn(Bytes(*e), static_cast<int>(e->size()), nullptr));
  const ParamBuilderPointer builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  return FromParams("RSA", builder.get());
}

KeyPointer EcKey(const nlohmann::json& jwk) {
  const auto x = Member(jwk, "x");
  const auto y = Member(jwk, "y");
  if (jwk.value("crv", "") != "P-256" || !x.has_value() || !y.has_value() ||
      x->size() != kCoordinateBytes || y->size() != kCoordinateBytes) {
    return nullptr;
  }
  const std::string point = "\x04" + *x + *y;  // uncompressed
  const ParamBuilderPointer builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                  "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                   point.data(), point.size());
  return FromParams("EC", builder.get());
}

KeyPointer EdKey(const nlohmann::json& jwk) {
  const auto x = Member(jwk, "x");
  if (jwk.value("crv", "") != "Ed25519" || !x.has_value()) return nullptr;
  return KeyPointer(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                                Bytes(*x), x->size()));
}

absl::StatusOr<PublicKey> ReadJwk(const nlohmann::json& jwk) {
  if (!jwk.is_object()) return Bad("a key is no object");
  for (const auto& [name, value] : jwk.items()) {
    // `k` is a shared secret: with it, whoever checks tokens could make them.
    if (name == "d" || name == "k") return Bad("a key is private");
    if (!value.is_string() && name.size() <= 3) return Bad("a key is no key");
  }
  const std::string type = jwk.value("kty", "");
  PublicKey key;
  key.id = jwk.value("kid", "");
  if (type == "RSA") key.key = RsaKey(jwk);
  if (type == "EC") key.key = EcKey(jwk);
  if (type == "OKP") key.key = EdKey(jwk);
  const std::optional<Algorithm> algorithm =
      key.key == nullptr ? std::nullopt : AlgorithmOf(key.key.get());
  if (!algorithm.has_value()) {
    return Bad(fmt::format(
        "key \"{}\" is none of RSA (2048 bits or more), P-256, Ed25519",
        key.id));
  }
  key.algorithm = *algorithm;
  const std::string alg = jwk.value("alg", std::string(Name(key.algorithm)));
  if (alg != Name(key.algorithm)) {
    return Bad(fmt::format("key \"{}\" says it is for {}", key.id, alg));
  }
  return key;
}

absl::StatusOr<std::vector<PublicKey>> ReadJwks(std::string_view text) {
  const nlohmann::json json =
      nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("keys") || !json["keys"].is_array() ||
      json["keys"].empty() || json["keys"].size() > kKeysMax) {
    return Bad("it is neither a JSON Web Key Set with keys nor a PEM file");
  }
  std::vector<PublicKey> keys;
  for (const nlohmann::json& jwk : json["keys"]) {
    for (const char* name : {"kid", "kty", "alg", "crv"}) {
      if (jwk.is_object() && jwk.contains(name) && !jwk[name].is_string()) {
        return Bad(fmt::format("a key's {} is no text", name));
      }
    }
    ASSIGN_OR_RETURN(PublicKey key, ReadJwk(jwk));
    keys.push_back(std::move(key));
  }
  return keys;
}

// Tokens carry r and s side by side, OpenSSL wants them in DER.
std::string ToDer(std::string_view raw) {
  if (raw.size() != 2 * kCoordinateBytes) return "";
  const SignaturePointer signature(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(Bytes(raw), kCoordinateBytes, nullptr);
  BIGNUM* s =
      BN_bin2bn(Bytes(raw.substr(kCoordinateBytes)), kCoordinateBytes, nullptr);
  ECDSA_SIG_set0(signature.get(), r, s);
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &der);
  if (size <= 0) return "";
  std::string text(reinterpret_cast<char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return text;
}

}  // namespace

std::string_view Name(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kRs256:
      return "RS256";
    case Algorithm::kEs256:
      return "ES256";
    case Algorithm::kEdDsa:
      return "EdDSA";
  }
  return "";
}

bool ParseAlgorithm(std::string_view text, Algorithm* out) {
  for (const Algorithm algorithm :
       {Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa}) {
    if (text != Name(algorithm)) continue;
    *out = algorithm;
    return true;
  }
  return false;
}

absl::StatusOr<std::vector<PublicKey>> ReadKeys(std::string_view text) {
  if (text.find(kPemBegin) != std::string_view::npos) {
    if (text.find("PRIVATE KEY") != std::string_view::npos) {
      return Bad("there is a private key in it");
    }
    return ReadPem(text);
  }
  return ReadJwks(text);
}

bool Verifies(const PublicKey& key, std::string_view message,
              std::string_view signature) {
  std::string der;
  if (key.algorithm == Algorithm::kEs256) {
    der = ToDer(signature);
    signature = der;
  }
  if (signature.empty()) return false;
  const DigestContextPointer context(EVP_MD_CTX_new());
  const EVP_MD* digest =
      key.algorithm == Algorithm::kEdDsa ? nullptr : EVP_sha256();
  const bool verifies =
      EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr,
                           key.key.get()) == 1 &&
      EVP_DigestVerify(context.get(), Bytes(signature), signature.size(),
                       Bytes(message), message.size()) == 1;
  ERR_clear_error();
  return verifies;
}

}  // namespace tally::identity
