// Bearer tokens and files of keys, from any bytes. Claims are tried behind a
// signature that holds: nobody becomes a principal whom they do not name, and
// a token that was not signed is nobody's.

#include <openssl/evp.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/clock.h"
#include "services/identity/key_set.h"
#include "services/identity/token_verifier.h"
#include "tests/fuzz/portions.h"
#include "tests/services/identity/signed_token.h"

namespace tally::identity {
namespace {

constexpr char kIssuer[] = "https://issuer.example";

// A key, and a verifier that knows it.
struct Signer {
  ManualClock clock;
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  std::unique_ptr<TokenVerifier> verifier;

  Signer() {
    clock.Set(Instant(1'700'000'000'000'000));
    char path[] = "/tmp/token_fuzz_XXXXXX";
    const int file = mkstemp(path);
    TALLY_CHECK(file >= 0);
    close(file);
    std::ofstream(path) << PublicPem(key);
    auto made = TokenVerifier::Create(
        {.issuer = kIssuer,
         .audience = "tally",
         .algorithms = {Algorithm::kRs256, Algorithm::kEs256,
                        Algorithm::kEdDsa},
         .keys_file = path,
         .clock = &clock});
    TALLY_CHECK(made.ok());
    verifier = *std::move(made);
    unlink(path);
  }
};

void Tokens(std::string_view text) {
  static auto* const signer = new Signer();
  TALLY_CHECK(!signer->verifier->Verify(text).ok());
}

void Signed(std::string_view header, std::string_view claims) {
  static auto* const signer = new Signer();
  const auto principal =
      signer->verifier->Verify(SignedToken(signer->key, header, claims));
  if (!principal.ok()) {
    TALLY_CHECK(absl::IsUnauthenticated(principal.status()));
    return;
  }
  TALLY_CHECK(principal->starts_with(std::string(kIssuer) + "#"));
  TALLY_CHECK(claims.find("exp") != std::string_view::npos ||
              claims.find("\\u") != std::string_view::npos);
}

void Keys(std::string_view text) {
  const auto keys = ReadKeys(text);
  if (!keys.ok()) return;
  TALLY_CHECK(!keys->empty());
  for (const PublicKey& key : *keys) {
    TALLY_CHECK(!Verifies(key, "message", "signature"));
  }
}

}  // namespace
}  // namespace tally::identity

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  tally::fuzz::Portions input(bytes, size);
  switch (input.Byte() % 3) {
    case 0:
      tally::identity::Keys(input.Rest());
      break;
    case 1:
      tally::identity::Tokens(input.Rest());
      break;
    default: {
      const std::string_view header = input.Until("\n");
      tally::identity::Signed(header, input.Rest());
      break;
    }
  }
  return 0;
}
