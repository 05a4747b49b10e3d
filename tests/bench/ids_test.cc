#include "bench/workload/ids.h"

#include <array>
#include <set>
#include <string>

#include "engine/base/uuid.h"
#include "gtest/gtest.h"

namespace tally::bench {
namespace {

TEST(IdsTest, GlnHasTheCheckDigitOfGs1) {
  // The digits of 400070123456, every other one thrice, sum to 56.
  EXPECT_EQ(Gln(7, 123'456).view(), "4000701234564");
  EXPECT_EQ(Gln(0, 0).view(), "4000000000006");
}

TEST(IdsTest, LeiHasTheCheckDigitsOfIso7064) {
  const std::string lei = Lei(3, 42).str();
  ASSERT_EQ(lei.size(), 20u);
  int remainder = 0;
  for (const char c : lei) {
    const bool digit = c >= '0' && c <= '9';
    const int value = digit ? c - '0' : c - 'A' + 10;
    remainder = (remainder * (digit ? 10 : 100) + value) % 97;
  }
  EXPECT_EQ(remainder, 1);
}

TEST(IdsTest, UlidSortsByTimeAndDiffersByKey) {
  EXPECT_LT(Ulid(1'000, 99).view(), Ulid(1'001, 1).view());
  EXPECT_NE(Ulid(1'000, 1).view(), Ulid(1'000, 2).view());
  EXPECT_EQ(Ulid(1'000, 1).view(), Ulid(1'000, 1).view());
  // 32^4 milliseconds is a one and four noughts of Crockford's digits.
  EXPECT_EQ(Ulid(1'048'576, 1).view().substr(0, 10), "0000010000");
}

TEST(IdsTest, RandomUuidIsOfVersionFour) {
  const std::string text = RandomUuid(~uint64_t{0}, ~uint64_t{0}).str();

  EXPECT_EQ(text, "ffffffff-ffff-4fff-bfff-ffffffffffff");
  EXPECT_TRUE(ParseUuid(text).has_value());
  EXPECT_TRUE(ParseUuid(RandomUuid(0, 0).view()).has_value());
}

TEST(IdsTest, ThousandthsAreDecimalsOfThree) {
  std::array<char, 24> text;
  EXPECT_EQ(Thousandths(1, &text), "0.001");
  EXPECT_EQ(Thousandths(24'500, &text), "24.500");
  EXPECT_EQ(Thousandths(1'000'000'000'000, &text), "1000000000.000");
}

}  // namespace
}  // namespace tally::bench
