#include "services/wire/text.h"

#include <string>

#include "engine/model/ids.h"
#include "gtest/gtest.h"

namespace tally::wire {
namespace {

TEST(TextTest, IdsAreOfTheirAlphabetAndLength) {
  for (const char* id : {"a", "AZaz09._:/-", "SAF1/A", "-"}) {
    EXPECT_TRUE(IsId(id)) << id;
  }
  for (const char* id : {"", " ", "a b", "ä", "a*", "a\n", "a,b"}) {
    EXPECT_FALSE(IsId(id)) << id;
  }
  EXPECT_FALSE(IsId(std::string_view("a\0b", 3)));
  EXPECT_TRUE(IsId(std::string(64, 'x')));
  EXPECT_FALSE(IsId(std::string(65, 'x')));
}

TEST(TextTest, Utf8IsWhole) {
  for (const char* text :
       {"", "plain", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(text)) << Quoted(text, 100);
  }
  // Overlong forms, surrogates, beyond U+10FFFF, cut off, continuation alone.
  for (const char* text :
       {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\x80", "a\xff", "\xc3\x28"}) {
    EXPECT_FALSE(IsUtf8(text)) << Quoted(text, 100);
  }
}

TEST(TextTest, TextHoldsNoControlCharacters) {
  EXPECT_TRUE(IsText("Müller & Söhne", /*lines=*/false));
  EXPECT_FALSE(IsText("two\nlines", /*lines=*/false));
  EXPECT_TRUE(IsText("two\nlines\tand a tab", /*lines=*/true));
  EXPECT_FALSE(IsText("\r", /*lines=*/true));
  EXPECT_FALSE(IsText("\x7f", /*lines=*/true));
  EXPECT_FALSE(IsText(std::string_view("\0", 1), /*lines=*/true));
  EXPECT_FALSE(IsText("\xff", /*lines=*/true));
}

TEST(TextTest, CodesHaveTheirForm) {
  EXPECT_TRUE(IsCountryCode("MY"));
  EXPECT_FALSE(IsCountryCode("my"));
  EXPECT_FALSE(IsCountryCode("MYS"));
  EXPECT_TRUE(IsUnitCode("TNE"));
  EXPECT_TRUE(IsUnitCode("D32"));
  EXPECT_FALSE(IsUnitCode("t"));
  EXPECT_FALSE(IsUnitCode("TONS"));
  EXPECT_TRUE(IsWord("FARM_GROUP"));
  EXPECT_FALSE(IsWord("Mill"));
  EXPECT_FALSE(IsWord(""));
}

TEST(TextTest, LeiHasCheckDigits) {
  EXPECT_TRUE(IsLei("5493001KJTIIGC8Y1R12"));
  EXPECT_FALSE(IsLei("5493001KJTIIGC8Y1R13"));
  EXPECT_FALSE(IsLei("5493001KJTIIGC8Y1R1"));
  EXPECT_FALSE(IsLei("5493001kJTIIGC8Y1R12"));
}

TEST(TextTest, GlnHasACheckDigit) {
  EXPECT_TRUE(IsGln("4012345000009"));
  EXPECT_FALSE(IsGln("4012345000008"));
  EXPECT_FALSE(IsGln("401234500000"));
  EXPECT_FALSE(IsGln("401234500000X"));
}

TEST(TextTest, QuotesWhatIsNotPrintable) {
  EXPECT_EQ(Quoted("a\n\xff", 100), "a\\x0a\\xff");
  EXPECT_EQ(Quoted("abcdef", 3), "abc");
  EXPECT_EQ(Quoted("ab\xff", 5), "ab");
}

}  // namespace
}  // namespace tally::wire
