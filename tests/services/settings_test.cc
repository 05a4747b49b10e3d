#include "services/settings.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tally::services {
namespace {

using testing::HasSubstr;

TEST(SettingsTest, FlagsBeforeEnvironmentBeforeFile) {
  const Given file = {
      {"listen", "127.0.0.1:1"}, {"data", "from-file"}, {"strict", "true"}};
  const Given environment = {{"listen", "127.0.0.1:2"}, {"data", "from-env"}};
  const Given flags = {{"listen", "127.0.0.1:3"}};
  const auto effective = Combine(flags, environment, file);
  ASSERT_TRUE(effective.ok());
  EXPECT_EQ(effective->settings.listen, "127.0.0.1:3");
  EXPECT_EQ(effective->settings.data, "from-env");
  EXPECT_TRUE(effective->settings.strict);
  EXPECT_EQ(effective->settings.window_batches, 16);
  const std::string text = effective->ToString();
  EXPECT_THAT(text, HasSubstr("listen = \"127.0.0.1:3\"  # flag\n"));
  EXPECT_THAT(text, HasSubstr("data = \"from-env\"  # environment\n"));
  EXPECT_THAT(text, HasSubstr("strict = true  # file\n"));
  EXPECT_THAT(text, HasSubstr("window-batches = 16  # default\n"));
}

TEST(SettingsTest, VariablesAreNamedAfterTheFlags) {
  std::vector<std::string> asked;
  const Given given = ReadEnvironment(
      [&](const std::string& name) -> std::optional<std::string> {
        asked.push_back(name);
        if (name == "TALLY_ADMIN_LISTEN") return "127.0.0.1:9";
        return std::nullopt;
      });
  EXPECT_THAT(asked, testing::Contains("TALLY_DATA"));
  EXPECT_EQ(given, (Given{{"admin-listen", "127.0.0.1:9"}}));
}

TEST(SettingsTest, SaysWhatIsWrongAndWhereItCameFrom) {
  const auto number = Combine({}, {{"window-batches", "0"}}, {});
  EXPECT_EQ(number.status().message(),
            "window-batches (environment): got \"0\", must be 1 to 1024");
  const auto toggle = Combine({}, {}, {{"strict", "maybe"}});
  EXPECT_EQ(toggle.status().message(),
            "strict (file): got \"maybe\", must be true or false");
}

class SettingsFileTest : public testing::Test {
 protected:
  absl::StatusOr<Given> Read(const std::string& text) {
    const std::string path = testing::TempDir() + "settings_test.toml";
    std::ofstream(path) << text;
    return ReadSettingsFile(path);
  }
};

TEST_F(SettingsFileTest, ReadsToml) {
  const auto given =
      Read("# a comment\ndata = 'x'\nstrict = true\nread-threads = 8\n");
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_EQ(*given,
            (Given{{"data", "x"}, {"read-threads", "8"}, {"strict", "true"}}));
}

TEST_F(SettingsFileTest, RefusesWhatIsNoSetting) {
  EXPECT_THAT(std::string(Read("data = 'x'\nlisen = 'y'\n").status().message()),
              HasSubstr(":2: lisen is not a setting"));
  EXPECT_THAT(std::string(Read("data = [1]").status().message()),
              HasSubstr("data must be a text"));
  EXPECT_FALSE(Read("data = ").ok());
  EXPECT_TRUE(Read("").ok());
  EXPECT_FALSE(ReadSettingsFile("no/such/file.toml").ok());
}

// Texts at which the library takes for granted what does not hold.
TEST_F(SettingsFileTest, RefusesWhatIsNoToml) {
  for (const char* text : {"[)", "[)\".x]]\n", "[", "[[", "[[a", "= 1", "a.",
                           "a = [", "a = {b", "a = \"\\u", "\xff"}) {
    const absl::Status read = Read(text).status();
    EXPECT_TRUE(absl::IsInvalidArgument(read)) << text << ": " << read;
  }
}

}  // namespace
}  // namespace tally::services
