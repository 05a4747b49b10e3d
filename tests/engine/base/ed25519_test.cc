#include "engine/base/ed25519.h"

#include <gtest/gtest.h>

#include <string>

namespace tally {
namespace {

template <typename Bytes>
Bytes FromHex(const std::string& text) {
  Bytes bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] =
        static_cast<uint8_t>(std::stoi(text.substr(2 * i, 2), nullptr, 16));
  }
  return bytes;
}

// RFC 8032, section 7.1, test 2.
TEST(Ed25519Test, SignsAsTheRfcShows) {
  const auto seed = FromHex<Ed25519Seed>(
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  const auto key = FromHex<Ed25519PublicKey>(
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const auto signature = FromHex<Ed25519Signature>(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

  EXPECT_EQ(Ed25519KeyOf(seed), key);
  EXPECT_EQ(Ed25519Sign(seed, "\x72"), signature);
  EXPECT_TRUE(Ed25519Verify(key, "\x72", signature));
}

TEST(Ed25519Test, TakesNothingElse) {
  const Ed25519Seed seed{1, 2, 3};
  const Ed25519PublicKey key = Ed25519KeyOf(seed);
  Ed25519Signature signature = Ed25519Sign(seed, "text");

  EXPECT_FALSE(Ed25519Verify(key, "texT", signature));
  EXPECT_FALSE(Ed25519Verify(Ed25519KeyOf({3, 2, 1}), "text", signature));
  signature[63] ^= 1;
  EXPECT_FALSE(Ed25519Verify(key, "text", signature));
  Ed25519PublicKey off_curve;
  off_curve.fill(0xFF);
  EXPECT_FALSE(Ed25519Verify(off_curve, "text", signature));
}

}  // namespace
}  // namespace tally
