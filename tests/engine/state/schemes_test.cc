#include "engine/state/schemes.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

std::shared_ptr<const Profile> Version(std::string_view scheme, int year) {
  Profile profile;
  profile.scheme = scheme;
  profile.name = std::to_string(year);
  profile.effective_from = Date::FromCivil(year, 1, 1);
  return std::make_shared<const Profile>(std::move(profile));
}

TEST(SchemesTest, TheVersionOfADateIsTheLatestThatHasBegun) {
  Schemes schemes;
  schemes.Add(Version("s", 2020));
  schemes.Add(Version("s", 2024));
  schemes.Add(Version("s", 2022));
  const SchemeIndex s = schemes.Find("s");
  EXPECT_EQ(schemes.size(), 1);
  EXPECT_EQ(schemes.At(s, Date::FromCivil(2020, 1, 1)).name, "2020");
  EXPECT_EQ(schemes.At(s, Date::FromCivil(2021, 12, 31)).name, "2020");
  EXPECT_EQ(schemes.At(s, Date::FromCivil(2022, 1, 1)).name, "2022");
  EXPECT_EQ(schemes.At(s, Date::FromCivil(2030, 1, 1)).name, "2024");
  // Before all of them, the first.
  EXPECT_EQ(schemes.At(s, Date::FromCivil(2010, 1, 1)).name, "2020");
}

TEST(SchemesTest, AVersionCanBeTakenBackAndWithItsLastTheScheme) {
  Schemes schemes;
  schemes.Add(Version("s", 2020));
  schemes.Add(Version("t", 2020));
  schemes.Add(Version("t", 2018));
  const SchemeIndex t = schemes.Find("t");
  schemes.Remove(t, Date::FromCivil(2018, 1, 1));
  EXPECT_EQ(schemes.At(t, Date::FromCivil(2019, 1, 1)).name, "2020");
  schemes.Remove(t, Date::FromCivil(2020, 1, 1));
  EXPECT_FALSE(schemes.Find("t").valid());
  EXPECT_EQ(schemes.size(), 1);
}

}  // namespace
}  // namespace tally
