#include "services/identity/sealed_text.h"

#include "gtest/gtest.h"

namespace tally::identity {
namespace {

const std::string kKey(kSealKeyBytes, 'k');

TEST(SealedTextTest, OpensWithKeyAndPurposeAlone) {
  const std::string sealed = SealText(kKey, "list of mill", "site-17");
  EXPECT_EQ(OpenText(kKey, "list of mill", sealed), "site-17");
  EXPECT_EQ(OpenText(kKey, "list of shop", sealed), std::nullopt);
  EXPECT_EQ(OpenText(std::string(kSealKeyBytes, 'x'), "list of mill", sealed),
            std::nullopt);
}

TEST(SealedTextTest, ShowsNothing) {
  const std::string sealed = SealText(kKey, "", "site-17");
  EXPECT_EQ(sealed.find("site"), std::string::npos);
  EXPECT_NE(SealText(kKey, "", "site-18").substr(0, 12), sealed.substr(0, 12));
}

TEST(SealedTextTest, EveryByteCounts) {
  const std::string sealed = SealText(kKey, "list", "site-17");
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(OpenText(kKey, "list", changed), std::nullopt) << i;
    EXPECT_EQ(OpenText(kKey, "list", sealed.substr(0, i)), std::nullopt) << i;
  }
}

TEST(SealedTextTest, KeysOfDifferentPurposesDiffer) {
  EXPECT_EQ(DeriveKey(kKey, "mill").size(), kSealKeyBytes);
  EXPECT_NE(DeriveKey(kKey, "mill"), DeriveKey(kKey, "trade"));
}

}  // namespace
}  // namespace tally::identity
