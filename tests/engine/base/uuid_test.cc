#include "engine/base/uuid.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace tally {
namespace {

constexpr std::string_view kText = "01234567-89ab-cdef-0123-456789abcdef";

TEST(UuidTest, PrintsAsItParses) {
  const Uuid uuid = ParseUuid(kText).value();
  EXPECT_EQ(uuid.ToString(), kText);
  EXPECT_EQ(uuid.bytes[0], 0x01);
  EXPECT_EQ(uuid.bytes[15], 0xef);
  EXPECT_EQ(uuid.AsBytes().size(), 16);
  EXPECT_EQ(uuid.AsBytes()[7], '\xef');
}

TEST(UuidTest, TakesEitherCase) {
  EXPECT_EQ(ParseUuid("01234567-89AB-CDEF-0123-456789ABCDEF"),
            ParseUuid(kText));
}

TEST(UuidTest, RefusesTheRest) {
  for (const std::string_view text : {"", "0123456789abcdef0123456789abcdef",
                                      "01234567-89ab-cdef-0123-456789abcde",
                                      "01234567-89ab-cdef-0123-456789abcdef0",
                                      "01234567x89ab-cdef-0123-456789abcdef",
                                      "01234567-89ab-cdef-0123-456789abcdeg",
                                      "{1234567-89ab-cdef-0123-456789abcde}",
                                      "0123456-789ab-cdef-0123-456789abcdef",
                                      "00000000-0000-0000-0000-000000000000"}) {
    EXPECT_EQ(ParseUuid(text), std::nullopt) << text;
  }
}

TEST(UuidTest, OfANameIsStable) {
  // The first bits of SHA-256("abc"), with version 8 and its variant.
  EXPECT_EQ(UuidOfName("abc").ToString(),
            "ba7816bf-8f01-8fea-8141-40de5dae2223");
  EXPECT_EQ(UuidOfName("abc"), UuidOfName("abc"));
  EXPECT_NE(UuidOfName("abc"), UuidOfName("abd"));
  EXPECT_FALSE(UuidOfName("").IsNil());
}

TEST(UuidTest, IsAKey) {
  absl::flat_hash_map<Uuid, int> numbers;
  for (int i = 0; i < 1'000; ++i) numbers[UuidOfName(std::to_string(i))] = i;
  EXPECT_EQ(numbers.size(), 1'000);
  EXPECT_EQ(numbers.at(UuidOfName("17")), 17);
}

}  // namespace
}  // namespace tally
