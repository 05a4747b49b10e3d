#include "tools/tally/profile_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fmt/format.h"

namespace tally::cli {
namespace {

using nlohmann::ordered_json;
using testing::ElementsAre;

const ordered_json kOne = ordered_json::parse(R"({
    "scheme": "x", "models": {"MASS_BALANCE": {"period_months": 3}},
    "downgrades": [["A", "B"], ["B", "C"]], "levels": [],
    "sources": {"models.MASS_BALANCE": "clause 4",
                "downgrades": "clause 5"}})");

TEST(ProfilePathsTest, LeavesAreInTheOrderOfTheProfile) {
  std::vector<std::string> paths;
  for (const auto& [path, value] : Leaves(kOne)) paths.push_back(path);
  EXPECT_THAT(paths,
              ElementsAre("scheme", "models.MASS_BALANCE.period_months",
                          "downgrades[0][0]", "downgrades[0][1]",
                          "downgrades[1][0]", "downgrades[1][1]", "levels",
                          "sources.models.MASS_BALANCE", "sources.downgrades"));
}

TEST(ProfilePathsTest, FindsAKeyWhereverItIs) {
  const auto months = ValuesOf("period_months", kOne);
  ASSERT_EQ(months.size(), 1u);
  EXPECT_EQ(months[0].first, "models.MASS_BALANCE.period_months");
  EXPECT_EQ(ValuesOf("MASS_BALANCE.period_months", kOne).size(), 1u);
  EXPECT_EQ(ValuesOf("months", kOne).size(), 0u);
  // Not the source of the key.
  EXPECT_EQ(ValuesOf("downgrades", kOne).size(), 1u);
}

TEST(ProfilePathsTest, TheSourceOfTheNearestPart) {
  EXPECT_EQ(SourceOf("models.MASS_BALANCE.period_months", kOne), "clause 4");
  EXPECT_EQ(SourceOf("downgrades[1]", kOne), "clause 5");
  EXPECT_EQ(SourceOf("scheme", kOne), "");
}

TEST(ProfilePathsTest, ComparesBothWays) {
  ordered_json other = kOne;
  other["models"]["MASS_BALANCE"]["period_months"] = 6;
  other["models"]["SEGREGATED"] = ordered_json::object();
  other.erase("levels");
  std::vector<std::string> found;
  for (const ProfileDifference& difference : Compare(kOne, other)) {
    found.push_back(fmt::format("{}: {} {}", difference.path,
                                difference.one.dump(),
                                difference.other.dump()));
  }
  EXPECT_THAT(found,
              ElementsAre("models.MASS_BALANCE.period_months: 3 6",
                          "levels: [] null", "models.SEGREGATED: null {}"));
  EXPECT_TRUE(Compare(kOne, kOne).empty());
}

}  // namespace
}  // namespace tally::cli
