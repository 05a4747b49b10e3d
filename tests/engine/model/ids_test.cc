#include "engine/model/ids.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace tally {
namespace {

TEST(IsIdTest, TakesItsCharacters) {
  EXPECT_TRUE(IsId("a"));
  EXPECT_TRUE(IsId("ABCXYZabcxyz0189._:/-"));
  EXPECT_TRUE(IsId("-"));
}

TEST(IsIdTest, RefusesTheRest) {
  for (const std::string_view text : {"", " ", "a b", "a\n", "ä", "a,b", "a*",
                                      "*", "a\\b", "[a", "`", "{", "@", "a;"}) {
    EXPECT_FALSE(IsId(text)) << text;
  }
  EXPECT_FALSE(IsId(std::string_view("a\0b", 3)));
}

TEST(IsIdTest, TakesAtMost64) {
  EXPECT_TRUE(IsId(std::string(64, 'x')));
  EXPECT_FALSE(IsId(std::string(65, 'x')));
}

}  // namespace
}  // namespace tally
