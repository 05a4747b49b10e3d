#include "engine/base/sha256.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace tally {
namespace {

std::string Hex(const Sha256Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// FIPS 180-4's examples.
TEST(Sha256Test, GivesThePublishedDigests) {
  EXPECT_EQ(Hex(Sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(
      Hex(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256Test, PiecesAreAsOneText) {
  EXPECT_EQ(Sha256("a", "b", "c"), Sha256("abc"));
  EXPECT_EQ(Sha256("", "abc"), Sha256("abc"));
  EXPECT_EQ(Sha256("ab", "", "c"), Sha256("abc"));
  const std::string zeros("\0\0", 2);
  EXPECT_NE(Sha256(zeros), Sha256(""));
}

}  // namespace
}  // namespace tally
