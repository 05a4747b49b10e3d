#include "services/identity/token_verifier.h"

#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "services/identity/openssl_pointers.h"
#include "tests/services/identity/signed_token.h"

namespace tally::identity {
namespace {

constexpr int64_t kNow = 1'750'000'000;  // seconds

class StoppedClock final : public Clock {
 public:
  Instant Now() const override { return Instant(kNow * 1'000'000); }
};

std::string Coordinate(EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  std::string bytes(32, '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), 32);
  BN_free(number);
  return bytes;
}

class TokenVerifierTest : public testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::path(testing::TempDir()) /
            fmt::format(
                "keys-{}-{}", getpid(),
                testing::UnitTest::GetInstance()->current_test_info()->name());
  }
  void TearDown() override { std::filesystem::remove(file_); }

  void WriteKeys(const std::string& text) { std::ofstream(file_) << text; }

  TokenVerifier& Verifier(std::vector<Algorithm> algorithms = {
                              Algorithm::kEs256, Algorithm::kRs256,
                              Algorithm::kEdDsa}) {
    auto verifier = TokenVerifier::Create({.issuer = "https://id.example",
                                           .audience = "tally",
                                           .algorithms = std::move(algorithms),
                                           .keys_file = file_.string(),
                                           .clock = &clock_});
    EXPECT_TRUE(verifier.ok()) << verifier.status();
    verifier_ = *std::move(verifier);
    return *verifier_;
  }

  static std::string Claims(std::string_view changed = "") {
    std::string claims = fmt::format(
        R"("iss":"https://id.example","aud":"tally","sub":"mill","exp":{})",
        kNow + 60);
    if (!changed.empty()) claims = std::string(changed);
    return "{" + claims + "}";
  }

  static std::string Token(EVP_PKEY* key, std::string_view header,
                           const std::string& claims) {
    return SignedToken(key, header, claims);
  }

  std::string Why(TokenVerifier& verifier, const std::string& token) {
    const auto name = verifier.Verify(token);
    if (name.ok()) return *name;
    EXPECT_EQ(name.status().code(), absl::StatusCode::kUnauthenticated);
    const std::string message(name.status().message());
    return message.substr(message.find(": ") + 2);
  }

  StoppedClock clock_;
  std::filesystem::path file_;
  std::unique_ptr<TokenVerifier> verifier_;
  KeyPointer ec_{EVP_EC_gen("P-256")};
};

constexpr char kEs256[] = R"({"alg":"ES256","typ":"JWT"})";

TEST_F(TokenVerifierTest, EachAlgorithm) {
  const KeyPointer rsa(EVP_RSA_gen(2048));
  const KeyPointer ed(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  WriteKeys(PublicPem(ec_.get()) + PublicPem(rsa.get()) + PublicPem(ed.get()));
  TokenVerifier& verifier = Verifier();
  const std::string name = "https://id.example#mill";
  EXPECT_EQ(Why(verifier, Token(ec_.get(), kEs256, Claims())), name);
  EXPECT_EQ(Why(verifier, Token(rsa.get(), R"({"alg":"RS256"})", Claims())),
            name);
  EXPECT_EQ(Why(verifier, Token(ed.get(), R"({"alg":"EdDSA"})", Claims())),
            name);
}

TEST_F(TokenVerifierTest, KeySetAsJson) {
  WriteKeys(fmt::format(
      R"({{"keys":[{{"kty":"EC","crv":"P-256","kid":"k1",
          "x":"{}","y":"{}"}}]}})",
      EncodePart(Coordinate(ec_.get(), "qx")),
      EncodePart(Coordinate(ec_.get(), "qy"))));
  TokenVerifier& verifier = Verifier();
  EXPECT_EQ(Why(verifier,
                Token(ec_.get(), R"({"alg":"ES256","kid":"k1"})", Claims())),
            "https://id.example#mill");
  EXPECT_EQ(Why(verifier,
                Token(ec_.get(), R"({"alg":"ES256","kid":"k2"})", Claims())),
            "no known key has signed it");
}

TEST_F(TokenVerifierTest, NoAlgorithmAndOthersThanAllowed) {
  WriteKeys(PublicPem(ec_.get()));
  TokenVerifier& verifier = Verifier({Algorithm::kEdDsa});
  const std::string none =
      EncodePart(R"({"alg":"none"})") + "." + EncodePart(Claims()) + ".";
  EXPECT_EQ(Why(verifier, none), "its algorithm is not one that is allowed");
  EXPECT_EQ(Why(verifier, Token(ec_.get(), kEs256, Claims())),
            "its algorithm is not one that is allowed");
  EXPECT_EQ(Why(verifier, Token(ec_.get(), R"({"alg":"EdDSA"})", Claims())),
            "no known key has signed it");
}

// The public key taken for a shared secret.
TEST_F(TokenVerifierTest, ConfusedAlgorithm) {
  const std::string pem = PublicPem(ec_.get());
  WriteKeys(pem);
  TokenVerifier& verifier = Verifier();
  const std::string signed_ =
      EncodePart(R"({"alg":"HS256"})") + "." + EncodePart(Claims());
  unsigned char mac[32];
  unsigned int size = 0;
  HMAC(EVP_sha256(), pem.data(), static_cast<int>(pem.size()),
       reinterpret_cast<const unsigned char*>(signed_.data()), signed_.size(),
       mac, &size);
  EXPECT_EQ(Why(verifier, signed_ + "." +
                              EncodePart({reinterpret_cast<char*>(mac), size})),
            "its algorithm is not one that is allowed");
}

TEST_F(TokenVerifierTest, Forged) {
  WriteKeys(PublicPem(ec_.get()));
  TokenVerifier& verifier = Verifier();
  const KeyPointer stranger(EVP_EC_gen("P-256"));
  EXPECT_EQ(Why(verifier, Token(stranger.get(), kEs256, Claims())),
            "no known key has signed it");
  const std::string good = Token(ec_.get(), kEs256, Claims());
  const size_t first = good.find('.');
  const size_t second = good.find('.', first + 1);
  const std::string others = EncodePart(fmt::format(
      R"({{"iss":"https://id.example","aud":"tally","sub":"admin","exp":{}}})",
      kNow + 60));
  EXPECT_EQ(
      Why(verifier, good.substr(0, first + 1) + others + good.substr(second)),
      "no known key has signed it");
  for (size_t i = 0; i < good.size(); i += 7) {
    std::string altered = good;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verifier.Verify(altered).ok()) << i;
    EXPECT_FALSE(verifier.Verify(good.substr(0, i)).ok()) << i;
  }
}

TEST_F(TokenVerifierTest, Claims) {
  WriteKeys(PublicPem(ec_.get()));
  TokenVerifier& verifier = Verifier();
  const auto why = [&](const std::string& claims) {
    return Why(verifier, Token(ec_.get(), kEs256, Claims(claims)));
  };
  constexpr char kIss[] = R"("iss":"https://id.example")";
  EXPECT_EQ(why(fmt::format(R"("iss":"https://evil.example","aud":"tally",
                "sub":"mill","exp":{})",
                            kNow + 60)),
            "it has another issuer");
  EXPECT_EQ(why(fmt::format(R"({},"aud":"other","sub":"mill","exp":{})", kIss,
                            kNow + 60)),
            "it is for another audience");
  EXPECT_EQ(why(fmt::format(R"({},"sub":"mill","exp":{})", kIss, kNow + 60)),
            "it is for another audience");
  EXPECT_EQ(why(fmt::format(R"({},"aud":["x","tally"],"sub":"mill","exp":{})",
                            kIss, kNow + 60)),
            "https://id.example#mill");
  EXPECT_EQ(why(fmt::format(R"({},"aud":"tally","sub":"mill")", kIss)),
            "it never expires");
  EXPECT_EQ(why(fmt::format(R"({},"aud":"tally","sub":"mill","exp":{})", kIss,
                            kNow - 30)),
            "it has expired");
  EXPECT_EQ(why(fmt::format(R"({},"aud":"tally","sub":"mill","exp":"{}")", kIss,
                            kNow + 60)),
            "it has expired");
  EXPECT_EQ(
      why(fmt::format(R"({},"aud":"tally","sub":"mill","exp":{},"nbf":{})",
                      kIss, kNow + 600, kNow + 31)),
      "it is not valid yet");
  EXPECT_EQ(why(fmt::format(R"({},"aud":"tally","sub":"a b","exp":{})", kIss,
                            kNow + 60)),
            "it names no subject that can be used");
}

TEST_F(TokenVerifierTest, KeysChangeWhileItRuns) {
  WriteKeys(PublicPem(ec_.get()));
  TokenVerifier& verifier = Verifier();
  const KeyPointer next(EVP_EC_gen("P-256"));
  const std::string token = Token(next.get(), kEs256, Claims());
  EXPECT_FALSE(verifier.Verify(token).ok());
  WriteKeys("torn");
  EXPECT_FALSE(verifier.Reload().ok());
  EXPECT_TRUE(verifier.Reload().ok());  // told once
  EXPECT_TRUE(verifier.Verify(Token(ec_.get(), kEs256, Claims())).ok());
  WriteKeys(PublicPem(next.get()));
  EXPECT_TRUE(verifier.Reload().ok());
  EXPECT_TRUE(verifier.Verify(token).ok());
  EXPECT_FALSE(verifier.Verify(Token(ec_.get(), kEs256, Claims())).ok());
}

TEST_F(TokenVerifierTest, KeysThatAreNotTaken) {
  const KeyPointer weak(EVP_RSA_gen(1024));
  EXPECT_FALSE(ReadKeys(PublicPem(weak.get())).ok());
  const KeyPointer other(EVP_EC_gen("P-384"));
  EXPECT_FALSE(ReadKeys(PublicPem(other.get())).ok());
  EXPECT_FALSE(ReadKeys(R"({"keys":[{"kty":"oct","k":"c2VjcmV0"}]})").ok());
  EXPECT_FALSE(ReadKeys(R"({"keys":[{"kty":1}]})").ok());
  EXPECT_FALSE(ReadKeys(R"({"keys":[1]})").ok());
  EXPECT_FALSE(ReadKeys("").ok());
}

TEST_F(TokenVerifierTest, EveryOptionIsNeeded) {
  WriteKeys(PublicPem(ec_.get()));
  const TokenVerifier::Options all = {.issuer = "i",
                                      .audience = "a",
                                      .algorithms = {Algorithm::kEs256},
                                      .keys_file = file_.string(),
                                      .clock = &clock_};
  EXPECT_TRUE(TokenVerifier::Create(all).ok());
  auto without = all;
  without.issuer.clear();
  EXPECT_FALSE(TokenVerifier::Create(without).ok());
  without = all;
  without.audience.clear();
  EXPECT_FALSE(TokenVerifier::Create(without).ok());
  without = all;
  without.algorithms.clear();
  EXPECT_FALSE(TokenVerifier::Create(without).ok());
  without = all;
  without.keys_file += "-not-there";
  EXPECT_FALSE(TokenVerifier::Create(without).ok());
}

}  // namespace
}  // namespace tally::identity
