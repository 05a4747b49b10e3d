#include "engine/base/base64.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Base64Test, WritesWhatTheRfcShows) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64("\xFB\xFF"), "+/8=");
}

TEST(Base64Test, ReadsOnlyWhatItWrites) {
  EXPECT_EQ(ParseBase64("Zm9vYmFy"), "foobar");
  EXPECT_EQ(ParseBase64(""), "");
  EXPECT_EQ(ParseBase64("Zg"), std::nullopt);         // without padding
  EXPECT_EQ(ParseBase64("Zh=="), std::nullopt);       // stray bits
  EXPECT_EQ(ParseBase64("Zm9v YmFy"), std::nullopt);  // white space
  EXPECT_EQ(ParseBase64("-_8="), std::nullopt);       // the other alphabet
}

}  // namespace
}  // namespace tally
