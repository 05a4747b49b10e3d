// The profiles in tools/profiles: each parses, and says of each value that
// it sets, and of each rule that it cites, where that comes from.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "tests/engine/profile/profile_text.h"

namespace tally {
namespace {

using nlohmann::json;

std::filesystem::path ProfilesFolder() {
  const char* root = std::getenv("TALLY_SOURCE_DIR");
  return std::filesystem::path(root == nullptr ? "." : root) / "tools" /
         "profiles";
}

std::vector<std::string> ShippedSchemes() {
  std::vector<std::string> schemes;
  for (const auto& entry :
       std::filesystem::directory_iterator(ProfilesFolder())) {
    EXPECT_EQ(entry.path().extension(), ".json") << entry.path();
    schemes.push_back(entry.path().stem());
  }
  std::ranges::sort(schemes);
  return schemes;
}

std::string TextOf(const std::string& scheme) {
  std::ifstream file(ProfilesFolder() / (scheme + ".json"));
  EXPECT_TRUE(file.is_open()) << scheme;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The values that need a source: each key of the root but those that name the
// scheme, and each term of a model.
std::vector<std::string> ValuesOf(const json& profile) {
  std::vector<std::string> paths;
  for (const auto& [key, value] : profile.items()) {
    if (key == "scheme" || key == "name" || key == "owner" ||
        key == "citations" || key == "sources" || key == "not_found") {
      continue;
    }
    if (key == "mixing" || key == "certificate" || key == "models") {
      for (const auto& [inner, terms] : value.items()) {
        paths.push_back(key + "." + inner);
        if (key != "models") continue;
        for (const auto& [term, unused] : terms.items()) {
          paths.push_back(key + "." + inner + "." + term);
        }
      }
      continue;
    }
    if (value.is_array()) {
      for (size_t i = 0; i < value.size(); ++i) {
        paths.push_back(key + "[" + std::to_string(i) + "]");
      }
      continue;
    }
    paths.push_back(key);
  }
  return paths;
}

bool IsBelow(const std::string& path, const std::string& ancestor) {
  return path == ancestor || path.starts_with(ancestor + ".") ||
         path.starts_with(ancestor + "[");
}

// `models` says why models are listed; their terms need a source each.
bool Covers(const std::string& source, const std::string& path) {
  if (source == "models") {
    return std::ranges::count(path, '.') <= 1 && IsBelow(path, source);
  }
  return IsBelow(path, source);
}

TEST(ShippedProfilesTest, AreThere) {
  const std::vector<std::string> schemes = ShippedSchemes();
  for (const std::string_view scheme :
       {"better-cotton-1", "fairmined", "iscc-eu", "rjc-coc", "rspo-2020"}) {
    EXPECT_TRUE(std::ranges::binary_search(schemes, scheme)) << scheme;
  }
}

TEST(ShippedProfilesTest, ParseAndAreNamedAfterTheirScheme) {
  for (const std::string& scheme : ShippedSchemes()) {
    SCOPED_TRACE(scheme);
    const Profile profile = Parsed(TextOf(scheme));
    EXPECT_EQ(profile.scheme, scheme);
    EXPECT_NE(profile.name, scheme);
    EXPECT_NE(profile.owner, "");
  }
}

TEST(ShippedProfilesTest, GiveASourceForEachValue) {
  for (const std::string& scheme : ShippedSchemes()) {
    SCOPED_TRACE(scheme);
    const Profile profile = Parsed(TextOf(scheme));
    for (const std::string& path : ValuesOf(json::parse(TextOf(scheme)))) {
      EXPECT_TRUE(std::ranges::any_of(
          profile.sources,
          [&](const Citation& source) { return Covers(source.subject, path); }))
          << path;
    }
  }
}

// "[S, 4]", "[R]", "[L, 16; S, 17]": docs/sources.md lists the numbers.
TEST(ShippedProfilesTest, MarkHowSureEachSourceIs) {
  const std::regex mark(
      R"(.*\[(S2?|L|R|D)(, \d+)*(; (S2?|L|R|D)(, \d+)*)*\].*)");
  for (const std::string& scheme : ShippedSchemes()) {
    SCOPED_TRACE(scheme);
    const Profile profile = Parsed(TextOf(scheme));
    for (const auto& list : {profile.citations, profile.sources}) {
      for (const Citation& citation : list) {
        EXPECT_TRUE(std::regex_match(citation.text, mark))
            << citation.subject << ": " << citation.text;
      }
    }
  }
}

// Every number that a mark gives is in docs/sources.md.
TEST(ShippedProfilesTest, CiteSourcesThatAreListed) {
  std::ifstream file(ProfilesFolder() / ".." / ".." / "docs" / "sources.md");
  ASSERT_TRUE(file.is_open());
  std::vector<std::string> listed;
  const std::regex row(R"(\| (\d+) \|.*)");
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) listed.push_back(match[1]);
  }
  const std::regex mark(R"(\[[^\]]*\])");
  const std::regex number(R"(, (\d+))");
  for (const std::string& scheme : ShippedSchemes()) {
    const Profile profile = Parsed(TextOf(scheme));
    for (const auto& list : {profile.citations, profile.sources}) {
      for (const Citation& citation : list) {
        std::smatch match;
        if (!std::regex_search(citation.text, match, mark)) continue;
        const std::string marks = match[0];
        for (std::sregex_iterator it(marks.begin(), marks.end(), number), end;
             it != end; ++it) {
          EXPECT_NE(std::ranges::find(listed, (*it)[1].str()), listed.end())
              << scheme << " " << citation.subject << ": " << citation.text;
        }
      }
    }
  }
}

TEST(ShippedProfilesTest, RspoHasItsFigures) {
  const Profile profile = Parsed(TextOf("rspo-2020"));
  const Date date = Date::FromCivil(2025, 1, 1);
  const Conversion* milling =
      profile.FindConversion("milling", "ffb", date).conversion;
  ASSERT_NE(milling, nullptr);
  EXPECT_EQ(milling->FindOutput("cpo")->factor, Ratio::Of(1, 5));
  EXPECT_EQ(milling->FindOutput("pk")->factor, Ratio::Of(1, 20));
  EXPECT_TRUE(
      profile.CanDowngrade(Model::kIdentityPreserved, Model::kMassBalance));
  EXPECT_FALSE(profile.mass_balance.IsFixedPeriod());
  EXPECT_EQ(profile.book_and_claim.unit, (Decimal{.mantissa = 1, .scale = 0}));
  EXPECT_TRUE(profile.certificate.volume_cap);
}

TEST(ShippedProfilesTest, IsccBalancesAtTheEndOfFixedPeriods) {
  const Profile profile = Parsed(TextOf("iscc-eu"));
  EXPECT_TRUE(profile.mass_balance.IsFixedPeriod());
  EXPECT_TRUE(profile.mass_balance.allow_short_within_period);
  EXPECT_EQ(profile.mass_balance.PeriodMonths({}), 3);
  const std::vector<std::string> gatherer = {"GATHERER"};
  EXPECT_EQ(profile.mass_balance.PeriodMonths(gatherer), 12);
  EXPECT_EQ(profile.mass_balance.carry_cap, CarryCap::kPhysicalStock);
  EXPECT_TRUE(profile.certificate.gap_voids_carry);
}

TEST(ShippedProfilesTest, RjcTakesFairminedGoldAsSegregated) {
  const Profile profile = Parsed(TextOf("rjc-coc"));
  const Recognition* recognition =
      profile.FindRecognition("fairmined", "gold", Model::kIdentityPreserved,
                              Date::FromCivil(2025, 1, 1));
  ASSERT_NE(recognition, nullptr);
  EXPECT_EQ(recognition->ModelOf(Model::kIdentityPreserved),
            Model::kSegregated);
}

}  // namespace
}  // namespace tally
