#include "engine/log/salts.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tally {
namespace {

TEST(SaltsTest, NoneIsLikeAnother) {
  Salts salts(Sha256Digest{1});
  std::set<std::string> seen;
  // More than one block of them.
  for (int i = 0; i < 1'000; ++i) {
    const std::string_view salt = salts.Next();
    ASSERT_EQ(salt.size(), kSaltBytes);
    EXPECT_TRUE(seen.emplace(salt).second) << i;
  }
}

TEST(SaltsTest, TheSameSeedGivesTheSame) {
  Salts one(Sha256Digest{1});
  Salts again(Sha256Digest{1});
  Salts other(Sha256Digest{2});
  const std::string first(one.Next());
  EXPECT_EQ(again.Next(), first);
  EXPECT_NE(other.Next(), first);
}

TEST(SaltsTest, WithoutASeedThereAreNone) {
  Salts salts(std::nullopt);
  EXPECT_EQ(salts.Next(), "");
}

}  // namespace
}  // namespace tally
