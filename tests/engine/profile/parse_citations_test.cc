#include "engine/profile/parse_citations.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/profile/profile_text.h"

namespace tally {
namespace {

TEST(ParseCitationsTest, NameRules) {
  const Profile profile = Parsed(
      WithKeys(R"("citations": {"R01": "clause 1", "R59": "clause 59"})"));
  EXPECT_EQ(profile.CitationOf("R01"), "clause 1");
  EXPECT_EQ(profile.CitationOf("R59"), "clause 59");
  EXPECT_EQ(profile.CitationOf("R02"), "");
  EXPECT_EQ(profile.CitationOf(""), "");
}

TEST(ParseCitationsTest, RefuseWhatIsNoRule) {
  for (const std::string_view key :
       {"R00", "R60", "R1", "R001", "r01", "R0x", "X01", ""}) {
    const std::string text =
        R"("citations": {")" + std::string(key) + R"(": "clause"})";
    ExpectMistake(WithKeys(text), {"", "citations." + std::string(key),
                                   "\"clause\"", "a rule from R01 to R59"});
  }
  ExpectMistake(WithKeys(R"("citations": {"R01": 1})"),
                {"", "citations.R01", "1", "a text"});
  ExpectMistake(WithKeys(R"("citations": [])"),
                {"", "citations", "[…]", "an object"});
}

constexpr std::string_view kBody = R"(
    "rounding": "DOWN",
    "conversions": [{"process": "p", "input": "i",
                     "outputs": [{"product": "o", "factor": "0.5"},
                                 {"product": "q", "factor": "0.5"}]}],
    "citations": {"R01": "clause 1"},
    "source_status": {"green_months": 12}, "sources": )";

TEST(ParseSourcesTest, NameValuesByTheirPath) {
  const Profile profile =
      Parsed(WithKeys(std::string(kBody) +
                      R"({"rounding": "a", "models.MASS_BALANCE": "b",
          "conversions[0].outputs[1].factor": "c", "source_status": "d"})"));
  EXPECT_EQ(profile.sources.size(), 4);
}

TEST(ParseSourcesTest, PathsLeadThroughKeysWithDots) {
  const Profile profile = Parsed(R"({"scheme": "s", "models": {
      "MASS_BALANCE": {"period_months_by_site_kind": {"a": 1, "a.b": 2}}},
      "sources": {
        "models.MASS_BALANCE.period_months_by_site_kind.a.b": "x",
        "models.MASS_BALANCE.period_months_by_site_kind.a": "y"}})");
  EXPECT_EQ(profile.sources.size(), 2);
}

TEST(ParseSourcesTest, RefusePathsThatLeadNowhere) {
  for (const std::string_view path :
       {"rounding.mode", "models.SEGREGATED.lots", "conversions[1]",
        "conversions[0].outputs[2]", "conversions[x]", "conversions[",
        "conversions[0", "conversions.outputs", "conversions[99999999999]",
        ".rounding", "rounding.", "[0]", "mod", "source", ""}) {
    const std::string keys =
        std::string(kBody) + R"({")" + std::string(path) + R"(": "x"})";
    ExpectMistake(WithKeys(keys), {"", "sources." + std::string(path), "\"x\"",
                                   "the path of a value in this profile"});
  }
}

TEST(ParseNotFoundTest, IsAListOfTexts) {
  const Profile profile =
      Parsed(WithKeys(R"("not_found": ["the threshold of level 2"])"));
  EXPECT_EQ(profile.not_found,
            std::vector<std::string>{"the threshold of level 2"});
  ExpectMistake(WithKeys(R"("not_found": ["", "x"])"),
                {"", "not_found[0]", "\"\"", "a text"});
}

}  // namespace
}  // namespace tally
