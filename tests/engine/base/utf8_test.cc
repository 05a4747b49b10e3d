#include "engine/base/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace tally {
namespace {

TEST(Utf8Test, TakesEveryLengthUpToTheLastCodePoint) {
  for (const std::string_view good :
       {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
        "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
        "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(good)) << testing::PrintToString(good);
    EXPECT_TRUE(IsUtf8("x" + std::string(good) + "y"));
  }
}

TEST(Utf8Test, RefusesOverlongSurrogateStrayAndCutCharacters) {
  for (const std::string_view bad :
       {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xc2", "\xc2\x41",
        "\xe0\x9f\xbf", "\xe0\xa0", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(IsUtf8(bad)) << testing::PrintToString(bad);
    EXPECT_FALSE(IsUtf8("x" + std::string(bad)));
  }
}

TEST(Utf8Test, ShowsWholeCharactersUpToTheLimit) {
  EXPECT_EQ(Shown("Mühle", 10), "Mühle");
  EXPECT_EQ(Shown("Mühle", 6), "Mühle");
  EXPECT_EQ(Shown("Mühle", 5), "Mühl...");
  EXPECT_EQ(Shown("Mühle", 2), "M...");
}

TEST(Utf8Test, ShowsAQuestionMarkForWhatCannotBe) {
  EXPECT_EQ(Shown("a\xff\n\x7f b", 10), "a??? b");
  EXPECT_EQ(Shown("\xc3", 10), "?");
}

}  // namespace
}  // namespace tally
