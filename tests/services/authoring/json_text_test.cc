#include "services/authoring/json_text.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tally::authoring {
namespace {

using testing::HasSubstr;

std::string MessageOf(std::string_view text) {
  const auto parsed = ParseJson(text);
  if (parsed.ok()) return "parsed";
  return std::string(parsed.status().message().data(),
                     parsed.status().message().size());
}

TEST(JsonTextTest, ReadsJson) {
  const auto parsed = ParseJson(R"({"a": [1, {"b": null}, "ä"]})");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ((*parsed)["a"][2], "ä");
}

TEST(JsonTextTest, SaysWhereItIsNotJson) {
  const std::string message = MessageOf("{\n  \"a\": nope\n}");
  EXPECT_THAT(message, HasSubstr("line 2, column 9"));
  EXPECT_THAT(message, testing::Not(HasSubstr("json.exception")));
}

TEST(JsonTextTest, RefusesAKeyThatStandsTwice) {
  EXPECT_THAT(MessageOf(R"({"ship": {"ghg": "1", "ghg": "2"}})"),
              HasSubstr("`ghg` stands twice"));
  EXPECT_EQ(MessageOf(R"({"a": {"ghg": "1"}, "b": {"ghg": "2"}})"), "parsed");
}

TEST(JsonTextTest, RefusesTextThatIsNotUtf8) {
  EXPECT_THAT(MessageOf("{\"a\": \"\xc3\x28\"}"), HasSubstr("UTF-8"));
}

TEST(JsonTextTest, NestsToTheLimitAndNoDeeper) {
  const auto nested = [](int levels) {
    return std::string(levels, '[') + std::string(levels, ']');
  };
  EXPECT_EQ(MessageOf(nested(kJsonDepthMax)), "parsed");
  EXPECT_THAT(MessageOf(nested(kJsonDepthMax + 2)), HasSubstr("32 levels"));
  EXPECT_THAT(MessageOf(nested(1'000'000)), HasSubstr("32 levels"));
}

TEST(JsonTextTest, RefusesWhatFollowsAndWhatIsMissing) {
  EXPECT_NE(MessageOf("{} {}"), "parsed");
  EXPECT_NE(MessageOf(""), "parsed");
  EXPECT_NE(MessageOf("{\"a\": NaN}"), "parsed");
}

}  // namespace
}  // namespace tally::authoring
