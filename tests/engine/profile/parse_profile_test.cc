#include "engine/profile/parse_profile.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace tally {
namespace {

TEST(ParseProfileTest, TakesASchemeAndItsModels) {
  std::vector<Violation> violations;
  const std::optional<Profile> profile = ParseProfile(
      R"({"scheme": "mb", "models": {"MASS_BALANCE": {}}})", &violations);
  ASSERT_TRUE(profile.has_value());
  EXPECT_EQ(profile->scheme, "mb");
  EXPECT_TRUE(profile->Lists(Model::kMassBalance));
  EXPECT_FALSE(profile->Lists(Model::kSegregated));
  EXPECT_TRUE(violations.empty());
}

}  // namespace
}  // namespace tally
