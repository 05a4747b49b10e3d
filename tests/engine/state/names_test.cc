#include "engine/state/names.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/model/indices.h"

namespace tally {
namespace {

TEST(NamesTest, IndicesAreInOrderOfArrival) {
  Names<SiteIndex> names;
  EXPECT_EQ(names.Add("mill"), SiteIndex(0));
  EXPECT_EQ(names.Add("depot"), SiteIndex(1));
  EXPECT_EQ(names.Find("mill"), SiteIndex(0));
  EXPECT_EQ(names.Find("depot"), SiteIndex(1));
  EXPECT_FALSE(names.Find("Mill").valid());
  EXPECT_EQ(names.NameOf(SiteIndex(1)), "depot");
  EXPECT_EQ(names.size(), 2);
}

TEST(NamesTest, FindOrAddAddsOnce) {
  Names<SiteIndex> names;
  EXPECT_EQ(names.FindOrAdd("mill"), SiteIndex(0));
  EXPECT_EQ(names.FindOrAdd("mill"), SiteIndex(0));
  EXPECT_EQ(names.size(), 1);
}

TEST(NamesTest, TheLastCanBeTakenBack) {
  Names<SiteIndex> names;
  names.Add("mill");
  names.Add("depot");
  names.RemoveLast();
  EXPECT_FALSE(names.Find("depot").valid());
  EXPECT_EQ(names.Add("store"), SiteIndex(1));
}

// Short names live inside their string objects, which must not move.
TEST(NamesTest, NamesStayFoundWhileTheTableGrows) {
  Names<SiteIndex> names;
  for (int i = 0; i < 10'000; ++i) names.Add(std::to_string(i));
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(names.Find(std::to_string(i)), SiteIndex(i));
  }
}

TEST(NamesDeathTest, ANameIsAddedOnce) {
  Names<SiteIndex> names;
  names.Add("mill");
  EXPECT_DEATH(names.Add("mill"), "added");
}

}  // namespace
}  // namespace tally
